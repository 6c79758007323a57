/** One gateway after another on the same ledger, each ended at a step of what a webhook is told. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/emulator/random.ts';
import { type Started, startGatewayProcess } from '../kill/processes.ts';
import { buy } from '../ledger-faults/buyers.ts';
import { bearer } from '../support/gateway-keys.ts';
import type { Receiver } from './receiver.ts';

export const STEPS = [
  'while its writes are sent',
  'while its jobs are waited for',
  'the receiver has a message, and has not answered',
  'the receiver has ended the connection',
  'the receiver has refused it',
  'the receiver has taken it',
  'by SIGTERM',
] as const;
export type Step = (typeof STEPS)[number];

export interface LaneOptions {
  main: string;
  environment: Record<string, string>;
  receiver: Receiver;
  random: Random;
}

/** A write of which the client was told that it is done. */
export interface Made {
  id: string;
  astriaId: number;
}

const WRITES = 4;
/** Within it writes are sent, and within the other one their jobs end and are told. */
const SENDING_MS = 300;
const WAITING_MS = 4000;
/** Long enough for a lease to end and a few attempts, on a busy machine too. A step that is not met within it is not counted. */
const MEETS_WITHIN_MS = 100_000;

export class Lane {
  readonly made: Made[] = [];
  /** How many times a gateway was ended at each step. */
  readonly ended = new Map<Step, number>();
  readonly #options: LaneOptions;
  #gateway: Started | undefined;
  #writes = 0;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  async open() {
    const { main, environment } = this.#options;
    this.#gateway = await startGatewayProcess(main, environment);
  }

  async close() {
    await this.#gateway?.kill();
  }

  async play(step: Step) {
    const marks = Array.from({ length: WRITES }, () => `mark ${++this.#writes}`);
    const first = Promise.all(marks.map((mark) => this.#write(mark)));
    if (await this.#end(step, first)) this.ended.set(step, (this.ended.get(step) ?? 0) + 1);
    await first;
    await this.open();
    for (const mark of marks) await this.#untilAnswered(mark);
  }

  /** Returns whether the gateway was ended at the step. It is ended in any case. */
  async #end(step: Step, writes: Promise<unknown>): Promise<boolean> {
    const { random, receiver } = this.#options;
    const kill = () => this.close();
    if (step === 'while its writes are sent') {
      await sleep(random.below(SENDING_MS));
      await kill();
      return true;
    }
    await writes;
    if (step === 'while its jobs are waited for' || step === 'by SIGTERM') {
      await sleep(random.below(WAITING_MS));
      await (step === 'by SIGTERM' ? this.#terminate() : kill());
      return true;
    }
    const dies = Promise.withResolvers<void>();
    const die = () => void kill().then(dies.resolve);
    const met = receiver.next({
      ...{
        'the receiver has a message, and has not answered': { status: undefined, before: kill },
        'the receiver has ended the connection': { status: undefined, after: die },
        'the receiver has refused it': { status: 500, after: die },
        'the receiver has taken it': { status: 204, after: die },
      }[step],
    });
    const isMet = await Promise.race([
      met.then(() => true),
      sleep(MEETS_WITHIN_MS, false, { ref: false }),
    ]);
    await kill();
    return isMet;
  }

  async #terminate() {
    const { pid } = this.#gateway as Started;
    process.kill(pid, 'SIGTERM');
    while (isAlive(pid)) await sleep(20);
  }

  /** The key makes it one write, however often it is sent. */
  async #untilAnswered(mark: string) {
    for (;;) {
      const answer = await this.#write(mark);
      if (answer === 'unknown') return;
      if (answer !== undefined) return void this.made.push(answer);
      await sleep(50);
    }
  }

  async #write(mark: string): Promise<Made | 'unknown' | undefined> {
    const { outcome, text } = await buy(this.#gateway?.url ?? '', mark, bearer('web'));
    if (outcome === 'done') return JSON.parse(text).data.createPrompt.prompt;
    return outcome === 'UNKNOWN' ? 'unknown' : undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
