import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  type Intent,
  type Ledger,
  type LedgerClock,
  LedgerFailed,
  type Made,
  type Then,
  timeOf,
} from './ledger.ts';
import type { Outbox, Recipient } from './outbox.ts';
import { Pulse } from './pulse.ts';
import type { Reservation } from './spending.ts';
import type { SqliteStore } from './sqlite-store.ts';
import type { Act, Question, Reply } from './sqlite-worker.ts';

const SWEEP_MS = 10 * 60_000;

/** `.ts` in the sources, `.js` in what is published. */
const WORKER = new URL(`./sqlite-worker${extname(import.meta.filename)}`, import.meta.url);

/**
 * Opens a ledger in a file, which several processes of one machine may share, or in `:memory:`. Throws if it cannot be written.
 * A thread owns the file, so that the event loop never waits for the disk or for another process.
 */
export async function openSqliteLedger(path: string, clock: LedgerClock): Promise<Ledger> {
  const ledger = new SqliteLedger(path, clock);
  await ledger.open();
  return ledger;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: LedgerFailed): void;
}

type Args<Name extends Act> =
  Parameters<SqliteStore[Name]> extends [unknown, ...infer More] ? More : [];

class SqliteLedger implements Ledger {
  readonly warnings = [];
  readonly outbox: Outbox = {
    lead: (process) => this.#ask('lead', process),
    resign: (process) => this.#ask('resign', process),
    after: (seq, limit) => this.#ask('itemsAfter', seq, limit),
    note: (id, state) => this.#ask('noteItem', id, state),
    remove: (id) => this.#ask('removeItem', id),
  };
  waits = 0;
  readonly #path: string;
  readonly #clock: LedgerClock;
  readonly #waiting = new Map<number, Waiting>();
  readonly #pulse = new Pulse((ids) => void this.#ask('hold', ids).catch(() => {}));
  readonly #sweeping: NodeJS.Timeout;
  /** Undefined if the thread has ended. The next operation starts another one. */
  #worker: Promise<Worker> | undefined;
  #asked = 0;
  #isClosed = false;

  constructor(path: string, clock: LedgerClock) {
    this.#path = path;
    this.#clock = clock;
    this.#sweeping = setInterval(() => void this.#ask('sweep').catch(() => {}), SWEEP_MS).unref();
  }

  /** Rejects with the error of the thread if it cannot open the file. */
  open(): Promise<Worker> {
    this.#worker ??= this.#begin();
    return this.#worker;
  }

  async begin(intent: Intent) {
    const begun = await this.#ask('begin', intent);
    if (begun.isMine) this.#pulse.add(begun.entry.id);
    return begun;
  }

  sent(id: string, files?: string) {
    return this.#ask('sent', id, files);
  }

  done(id: string, made: Made, then?: Then) {
    this.#pulse.delete(id);
    return this.#ask('done', id, made, then);
  }

  free(id: string) {
    this.#pulse.delete(id);
    return this.#ask('free', id);
  }

  lost(id: string) {
    this.#pulse.delete(id);
    return this.#ask('lost', id);
  }

  async claim(id: string, found: readonly number[], recipient?: Recipient) {
    const claimed = await this.#ask('claim', id, found, recipient);
    if (claimed) this.#pulse.delete(id);
    return claimed;
  }

  reserve(id: string, reservation: Reservation) {
    return this.#ask('reserve', id, reservation);
  }

  spending(budgets: readonly string[]) {
    return this.#ask('spending', budgets);
  }

  takeDue(limit: number) {
    return this.#ask('takeDue', limit);
  }

  told(id: string, job: string, costMc: number) {
    return this.#ask('told', id, job, costMc);
  }

  check() {
    return this.#ask('check');
  }

  async close() {
    this.#pulse.stop();
    clearInterval(this.#sweeping);
    const worker = this.#isClosed ? undefined : await this.#worker?.catch(() => undefined);
    this.#isClosed = true;
    if (!worker) return;
    const ended = once(worker, 'exit');
    worker.ref();
    worker.postMessage('close');
    await ended;
  }

  async #begin() {
    const worker = new Worker(WORKER, { workerData: this.#path });
    worker.once('exit', () => this.#end());
    try {
      await once(worker, 'message');
    } catch (error) {
      this.#worker = undefined;
      throw error;
    }
    worker.on('message', (reply: Reply) => this.#hear(reply));
    // The thread's end reports it.
    worker.on('error', () => {});
    worker.unref();
    return worker;
  }

  async #ask<Name extends Act>(act: Name, ...args: Args<Name>) {
    if (this.#isClosed) throw failed(new Error('it is closed'));
    const worker = await this.open().catch((cause) => {
      throw failed(cause);
    });
    const id = ++this.#asked;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.set(id, { resolve, reject });
    worker.postMessage({ id, act, time: timeOf(this.#clock), args } satisfies Question);
    return promise as Promise<ReturnType<SqliteStore[Name]>>;
  }

  #hear({ id, value, error, waits }: Reply) {
    this.waits += waits;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(failed(error));
  }

  /** The thread has ended, by `close` or by itself. Its last operations may have been done. */
  #end() {
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) {
      reject(failed(new Error('its thread has ended'), true));
    }
    this.#waiting.clear();
  }
}

const failed = (cause: unknown, mayBeDone = false) =>
  new LedgerFailed('the file of the ledger cannot be written', { cause, mayBeDone });
