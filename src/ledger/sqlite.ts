import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Intent, type Ledger, type LedgerClock, LedgerFailed, type Made } from './ledger.ts';
import { Pulse } from './pulse.ts';
import type { SqliteStore } from './sqlite-store.ts';
import type { Act, Question, Reply } from './sqlite-worker.ts';

const SWEEP_MS = 10 * 60_000;

/** `.ts` as it is written, `.js` as it is published. */
const WORKER = new URL(`./sqlite-worker${extname(import.meta.filename)}`, import.meta.url);

/**
 * In a file, which several processes of one machine may share, or in `:memory:`. Throws where it cannot be written. The file
 * belongs to a thread of its own: the event loop never waits for the disk, nor for another process that has the file.
 */
export async function openSqliteLedger(path: string, clock: LedgerClock): Promise<Ledger> {
  const worker = new Worker(WORKER, { workerData: path });
  // Fails with what the thread could not open.
  await once(worker, 'message');
  worker.unref();
  return new SqliteLedger(worker, clock);
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: LedgerFailed): void;
}

type Args<Name extends Act> =
  Parameters<SqliteStore[Name]> extends [unknown, ...infer More] ? More : never;

class SqliteLedger implements Ledger {
  readonly warnings = [];
  waits = 0;
  readonly #worker: Worker;
  readonly #clock: LedgerClock;
  readonly #waiting = new Map<number, Waiting>();
  readonly #pulse = new Pulse((ids) => void this.#ask('hold', ids).catch(() => {}));
  readonly #sweeping: NodeJS.Timeout;
  #asked = 0;
  /** Why it can be asked no more. */
  #ended: Error | undefined;

  constructor(worker: Worker, clock: LedgerClock) {
    this.#worker = worker;
    this.#clock = clock;
    worker.on('message', (reply: Reply) => this.#hear(reply));
    worker.on('error', (cause) => this.#end(cause as Error));
    worker.on('exit', () => this.#end(new Error('its thread has ended')));
    this.#sweeping = setInterval(() => void this.#ask('sweep').catch(() => {}), SWEEP_MS).unref();
  }

  async begin(intent: Intent) {
    const begun = await this.#ask('begin', intent);
    if (begun.isMine) this.#pulse.add(begun.entry.id);
    return begun;
  }

  sent(id: string, files?: string) {
    return this.#ask('sent', id, files);
  }

  done(id: string, made: Made) {
    this.#pulse.delete(id);
    return this.#ask('done', id, made);
  }

  free(id: string) {
    this.#pulse.delete(id);
    return this.#ask('free', id);
  }

  lost(id: string) {
    this.#pulse.delete(id);
    return this.#ask('lost', id);
  }

  async claim(id: string, found: readonly number[]) {
    const claimed = await this.#ask('claim', id, found);
    if (claimed) this.#pulse.delete(id);
    return claimed;
  }

  check() {
    return this.#ask('check');
  }

  async close() {
    this.#pulse.stop();
    clearInterval(this.#sweeping);
    if (this.#ended) return;
    this.#worker.ref();
    const ended = once(this.#worker, 'exit');
    this.#worker.postMessage({ id: 0, act: 'close', time: this.#time(), args: [] });
    this.#end(new Error('it is closed'));
    await ended;
  }

  async #ask<Name extends Act>(act: Name, ...args: Args<Name>) {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    if (this.#ended) throw failed(this.#ended);
    const id = ++this.#asked;
    this.#waiting.set(id, { resolve, reject });
    this.#worker.postMessage({ id, act, time: this.#time(), args } satisfies Question);
    return promise as Promise<ReturnType<SqliteStore[Name]>>;
  }

  #hear({ id, value, error, waits }: Reply) {
    this.waits = waits;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(failed(error));
  }

  #end(cause: Error) {
    this.#ended ??= cause;
    for (const { reject } of this.#waiting.values()) reject(failed(this.#ended, true));
    this.#waiting.clear();
  }

  #time() {
    return { now: this.#clock.now(), isTold: this.#clock.isTold };
  }
}

const failed = (cause: unknown, mayBeDone = false) =>
  new LedgerFailed('the file of the ledger cannot be written', { cause, mayBeDone });
