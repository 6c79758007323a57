import { randomUUID } from 'node:crypto';
import {
  type Entry,
  HELD_MS,
  type Intent,
  isHeldAt,
  keptUntil,
  type Ledger,
  type LedgerClock,
  LedgerFailed,
  type Made,
  RIVAL_MS,
  type State,
  type Then,
  timeOf,
} from './ledger.ts';
import type { Recipient } from './outbox.ts';
import { Pulse } from './pulse.ts';
import { RESERVE, SPENDING, TAKE_DUE, TOLD } from './redis-charge-scripts.ts';
import { createRedisOutbox } from './redis-outbox.ts';
import { BEGIN, CHECK, CLAIM, DONE, FREE, HOLD, LOST, SENT } from './redis-scripts.ts';
import { PERIODS, type Period, periodsAt, type Reservation, resetOf } from './spending.ts';

/** The part of a Redis client that is used. */
interface Scripting {
  /** `ready` while commands reach a server. */
  status: string;
  eval(script: string, keys: number, ...args: (string | number)[]): Promise<unknown>;
}

/** A ledger in Redis, which many machines can share. It is as durable as Redis is: with `appendfsync always` as a file is. */
export const createRedisLedger = (
  redis: Scripting,
  clock: LedgerClock,
  warnings: readonly string[] = [],
): Ledger => new RedisLedger(redis, clock, warnings);

const ROOT = '{astria-ledger}';
/** A Redis that is almost full refuses long scripts before short ones. So the check is longer than any of them. */
const PADDING = ' '.repeat(16_384);

class RedisLedger implements Ledger {
  readonly warnings: readonly string[];
  /** Nothing is ever locked in Redis. */
  readonly waits = 0;
  readonly outbox = createRedisOutbox((script, ...args) => this.#eval(script, ...args));
  readonly #redis: Scripting;
  readonly #clock: LedgerClock;
  readonly #pulse = new Pulse((ids) =>
    this.#eval(HOLD, this.#clock.now() + HELD_MS, ...ids).catch(() => {}),
  );

  constructor(redis: Scripting, clock: LedgerClock, warnings: readonly string[]) {
    this.warnings = warnings;
    this.#redis = redis;
    this.#clock = clock;
  }

  async begin({ kind, keys, digest, sought = '', isSent }: Intent) {
    const id = randomUUID();
    const time = timeOf(this.#clock);
    const { now, earliest } = time;
    const sentAt = isSent ? now : null;
    const fields = ['kind', kind, 'digest', digest, 'sought', sought, 'state', 'begun'];
    const times = [now, earliest, now + HELD_MS, keptUntil(time), sentAt ?? ''];
    const found = await this.#eval(BEGIN, id, ...times, keys.length, ...keys, ...fields);
    if (found) return { entry: this.#entryOf(found as string[]), isMine: false };
    this.#pulse.add(id);
    const state: State = isSent ? 'sent' : 'begun';
    const entry: Entry = { id, state, digest, files: null, sentAt, isHeld: true, made: null };
    return { entry, isMine: true };
  }

  async sent(id: string, files = '') {
    const time = timeOf(this.#clock);
    const isNoted = await this.#eval(SENT, id, time.now, files, keptUntil(time));
    return isNoted === 1 ? time.now : undefined;
  }

  async done(id: string, made: Made, { priced, recipient }: Then = {}) {
    this.#pulse.delete(id);
    const texts = [made, { ...made, wasKnown: true }].map((each) => JSON.stringify(each));
    const { jobs = [], isAll, costMc = '' } = priced ?? {};
    const whole = isAll === undefined ? '' : Number(isAll);
    const price = [priced ? 1 : 0, jobs.join(' '), whole, costMc, this.#clock.now()];
    const isKnown = made.wasKnown ? 1 : 0;
    const told = [...texts, ...price, isKnown, ...fieldsOf(recipient)];
    const kept = await this.#eval(DONE, id, made.id ?? '', ...told);
    return JSON.parse(kept as string) as Made;
  }

  async free(id: string) {
    this.#pulse.delete(id);
    await this.#eval(FREE, id);
  }

  async lost(id: string) {
    this.#pulse.delete(id);
    await this.#eval(LOST, id, this.#clock.now());
  }

  async claim(id: string, found: readonly number[], recipient?: Recipient) {
    const given = [RIVAL_MS, this.#clock.now(), ...fieldsOf(recipient)];
    const made = await this.#eval(CLAIM, id, ...given, ...found);
    if (!made) return undefined;
    this.#pulse.delete(id);
    return JSON.parse(made as string) as Made;
  }

  async reserve(id: string, { budgets, amount, parts }: Reservation) {
    const time = timeOf(this.#clock);
    const { now, earliest } = time;
    const { day, month } = periodsAt(now);
    const limits = budgets.flatMap((budget) => [budget.name, budget.day ?? '', budget.month ?? '']);
    const times = [day, month, now, earliest, keptUntil(time)];
    const found = await this.#eval(RESERVE, id, amount, parts ?? '', ...times, ...limits);
    if (!found) return undefined;
    const [budget, place, max, sum] = found as [string, number, string, string];
    const period = PERIODS[place - 1] as Period;
    const resetsAt = resetOf(period, now);
    return { budget, period, max: Number(max), found: Number(sum), resetsAt };
  }

  async spending(budgets: readonly string[]) {
    const { now, earliest } = timeOf(this.#clock);
    const { day, month } = periodsAt(now);
    const told = (await this.#eval(SPENDING, earliest, day, month, ...budgets)) as string[];
    const at = (index: number, period: Period) => ({
      ...{ spent: Number(told[index]), reserved: Number(told[index + 1]) },
      resetsAt: resetOf(period, now),
    });
    return budgets.map((_, index) => ({
      day: at(4 * index, 'day'),
      month: at(4 * index + 2, 'month'),
    }));
  }

  async takeDue(limit: number) {
    const told = (await this.#eval(TAKE_DUE, this.#clock.now(), limit)) as string[];
    return told.flatMap((id, index) =>
      index % 2 ? [] : [{ id, jobs: (told[index + 1] ?? '').split(' ').filter(Boolean) }],
    );
  }

  async told(id: string, job: string, costMc: number) {
    const left = await this.#eval(TOLD, id, job, costMc);
    if (!left) return undefined;
    const [budgets, reserved] = left as [string, number];
    return { budgets: budgets.split(' '), spent: costMc, reserved };
  }

  async check() {
    await this.#eval(CHECK, this.#clock.now(), PADDING);
  }

  /** The connection belongs to others too, so it stays open. */
  async close() {
    this.#pulse.stop();
  }

  #entryOf(flat: readonly string[]): Entry {
    const pairs = flat.flatMap((name, index) => (index % 2 ? [] : [[name, flat[index + 1]]]));
    const { id, state, digest, files, sent_at, held_until, made } = Object.fromEntries(pairs);
    return {
      ...{ id, state, digest, files: files || null },
      sentAt: sent_at ? Number(sent_at) : null,
      isHeld: isHeldAt(Number(held_until), this.#clock.now()),
      made: made ? JSON.parse(made) : null,
    };
  }

  async #eval(script: string, ...args: (string | number)[]): Promise<unknown> {
    const isThere = this.#redis.status === 'ready';
    try {
      return await this.#redis.eval(script, 1, ROOT, ...args);
    } catch (cause) {
      const mayBeDone = isThere && !isRefusal(cause);
      throw new LedgerFailed('the Redis of the ledger does not answer', { cause, mayBeDone });
    }
  }
}

const fieldsOf = (recipient: Recipient | undefined) => [
  recipient?.caller ?? '',
  recipient?.place ?? '',
];

/** An error of the server itself, such as READONLY: a refused script has changed nothing. */
const isRefusal = (error: unknown) => error instanceof Error && error.name === 'ReplyError';
