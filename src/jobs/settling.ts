/** Settles what paid writes have reserved, by the first row that shows the price, whether or not a client waits for it. */
import type { Services } from '../context.ts';
import type { Clock } from './clock.ts';
import { type Job, type JobRow, jobNamed, nameOf, type ReadJobs } from './job.ts';

type Settled = NonNullable<Awaited<ReturnType<Services['ledger']['told']>>>;

export interface SettlingOptions {
  clock: Clock;
  ledger: Services['ledger'];
  /** Reads in all workspaces of the held key. */
  read: ReadJobs;
  onSettled(settled: Settled): void;
  /** Called when a round fails. */
  onTrouble(error: unknown): void;
  /** Called when a round succeeds. */
  onRound(): void;
}

/** The interval of the rounds, and the most reservations and calls of each. */
const EVERY_MS = 2000;
const MAX_DUE = 100;
const MAX_CALLS = 20;

interface Owed {
  chargeId: string;
  job: Job;
}

export class Settling {
  readonly #options: SettlingOptions;
  #cancel: (() => void) | undefined;
  #isOver = false;

  constructor(options: SettlingOptions) {
    this.#options = options;
    this.#schedule();
  }

  stop() {
    this.#isOver = true;
    this.#cancel?.();
  }

  #schedule() {
    if (this.#isOver) return;
    const { clock } = this.#options;
    this.#cancel = clock.wakeAt(clock.now() + EVERY_MS, () => void this.#round());
  }

  /** A reservation that is not settled, for whatever reason, becomes due again. */
  async #round() {
    const { onRound, onTrouble } = this.#options;
    await this.#settleDue().then(onRound, onTrouble);
    this.#schedule();
  }

  async #settleDue() {
    const { ledger, read } = this.#options;
    const due = await ledger.takeDue(MAX_DUE);
    const owed = due.flatMap(({ id, jobs }) =>
      jobs.map((name): Owed => ({ chargeId: id, job: jobNamed(name) })),
    );
    if (owed.length === 0) return;
    const rows = await read(
      owed.map(({ job }) => job),
      MAX_CALLS,
    );
    await Promise.all(owed.map((each, index) => this.#settle(each, rows[index])));
  }

  async #settle({ chargeId, job }: Owed, row: JobRow | null | Error | undefined) {
    if (!row || row instanceof Error || row.cost_mc == null) return;
    const { ledger, onSettled } = this.#options;
    const settled = await ledger.told(chargeId, nameOf(job), row.cost_mc);
    if (settled) onSettled(settled);
  }
}
