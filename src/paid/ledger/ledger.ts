/** What is recorded of writes that cost money: ids, hashes, times and amounts. It contains no texts, no keys and no secrets. */

import type { Outbox, Recipient } from './outbox.ts';
import type { Exceeded, OpenCharge, Priced, Reservation, Settled, Spending } from './spending.ts';

/** The kind of object that a write makes. */
export type Kind = 'tune' | 'prompt';

/** A write that is about to be sent. */
export interface Intent {
  kind: Kind;
  /** Hashes of the caller with its idempotency key, one for each way to identify the caller. Empty if nobody will ask again. */
  keys: readonly string[];
  /** A hash of everything that was requested, except the content of files. */
  digest: string;
  /** A hash of what a search for the result would compare. Undefined if there is nothing to compare. */
  sought: string | undefined;
  /** Whether nothing happens between `begin` and the sending. */
  isSent: boolean;
}

/**
 * `begun`: certainly not sent. `sent`: may be in flight. `unknown`: the sender has stopped waiting. `done`: its result is
 * known. A write that was certainly not done leaves no entry.
 */
export type State = 'begun' | 'sent' | 'unknown' | 'done';

export interface Entry {
  id: string;
  state: State;
  digest: string;
  /** A hash of the content of the files. Null if it has none, or if not all arrived. */
  files: string | null;
  /** Epoch milliseconds by Astria's clock. */
  sentAt: number | null;
  /** Whether the process that opened it is alive and working on it. */
  isHeld: boolean;
  made: Made | null;
}

/** The result of a write. */
export interface Made {
  /** The id. Null if Astria did not tell it. */
  id: number | null;
  /** What else the answer contained that cannot be read again. */
  told?: unknown;
  /** The answer was lost, and the result was found. */
  wasFound?: boolean;
  /** The object existed before: its id was known, or another write had it as its result. */
  wasKnown?: boolean;
}

/** What is recorded together with a result. */
export interface Then {
  /** The objects whose prices will be read. */
  priced?: Priced | undefined;
  /** The caller that is told what the result becomes. It must have an id. */
  recipient?: Recipient | undefined;
}

/**
 * Each method is atomic, also across processes. All except `check` and `close` throw `LedgerFailed` if the ledger cannot be
 * written.
 */
export interface Ledger {
  /**
   * Opens an entry, or returns the one that stands under the key. An entry that was not sent, of a process that is gone, is
   * opened again.
   */
  begin(intent: Intent): Promise<{ entry: Entry; isMine: boolean }>;
  /** Records the moment of sending. Returns undefined if the entry now belongs to another process. Then nothing may be sent. */
  sent(id: string, files?: string): Promise<number | undefined>;
  /** Records the result and what follows from it, and returns what is recorded. */
  done(id: string, made: Made, then?: Then): Promise<Made>;
  /** Removes the entry of a write that was certainly not done, which frees its key. */
  free(id: string): Promise<void>;
  /** Records that the sender has stopped waiting. */
  lost(id: string): Promise<void>;
  /**
   * Assigns the one candidate that nobody else has. Assigns none if several are left, or while another open write could have
   * made it.
   */
  claim(id: string, found: readonly number[], recipient?: Recipient): Promise<Made | undefined>;
  /** Reserves an amount before a write is sent. Returns the budget into which it does not fit. Then nothing is reserved. */
  reserve(id: string, reservation: Reservation): Promise<Exceeded | undefined>;
  /** Returns the state of budgets, in the order of their names. */
  spending(budgets: readonly string[]): Promise<Spending[]>;
  /** Returns writes whose prices are to be polled now. Each is returned to one process only, and is due again later. */
  takeDue(limit: number): Promise<OpenCharge[]>;
  /** Records the cost of one object. Returns undefined if it was recorded before. */
  told(id: string, job: string, costMc: number): Promise<Settled | undefined>;
  /** Results that are still to be told to somebody. */
  readonly outbox: Outbox;
  /** Reasons why the ledger may lose entries, in words for the operator. */
  readonly warnings: readonly string[];
  /** How many times the store was locked by somebody else, so that the ledger had to retry. */
  readonly waits: number;
  /** Throws if the ledger cannot be written. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export class LedgerFailed extends Error {
  /** Whether the operation may have been done although its reply was lost. */
  readonly mayBeDone: boolean;

  constructor(message: string, { mayBeDone = false, ...options }: LedgerFailure = {}) {
    super(message, options);
    this.mayBeDone = mayBeDone;
  }
}

interface LedgerFailure extends ErrorOptions {
  mayBeDone?: boolean;
}

/** The time of a ledger operation, in epoch milliseconds. */
export interface Time {
  /** The best estimate of Astria's time. */
  now: number;
  /** The earliest time that it may be. What has expired before this has expired by any clock. */
  earliest: number;
  /** The latest time that it may be. Entries are kept from here. */
  latest: number;
}

/** Uses Astria's clock, because our own can be set. */
export interface LedgerClock {
  now(): number;
  bounds(): Pick<Time, 'earliest' | 'latest'>;
}

export const timeOf = (clock: LedgerClock): Time => ({ now: clock.now(), ...clock.bounds() });

/**
 * How long a key keeps its first result, and an object its owner: a day, plus the difference that Astria's time may have from
 * what is known of it.
 */
export const KEPT_MS = 24 * 60 * 60_000 + 60_000;

/**
 * When Redis drops an entry by its own clock, which may jump by days. An entry from before Astria's time was known is kept for
 * a week.
 */
export const RECLAIM_MS = 10 * 24 * 60 * 60_000;

/** The time until which an entry of now is kept. */
export const keptUntil = ({ latest }: Time) => latest + KEPT_MS;

/** The name of the error of a file that another process has locked. An error's class is lost between threads. */
export const IN_USE = 'LedgerInUse';

/**
 * How long an entry belongs to its process after the last heartbeat. It is short, so that nobody waits long for a dead process.
 * If that one is alive after all, `sent` tells it that the entry is no longer its own.
 */
export const HELD_MS = 5000;

/** The largest difference between two processes' knowledge of Astria's time. */
export const CLOCK_SKEW_MS = 5000;

/** An entry that is held for longer than any process holds one is from before the clock was set back. Its process is gone. */
export const isHeldAt = (heldUntil: number, now: number) =>
  heldUntil > now && heldUntil <= now + HELD_MS + CLOCK_SKEW_MS;

/** How long after its sending a write may take effect. Astria mentions 60 s. */
export const EFFECT_MS = 120_000;

/**
 * After this time nothing is assigned. What others had in flight or were assigned then may already be forgotten. Entries are
 * kept from their beginning, and their files may have been sent for half an hour since.
 */
export const CLAIMABLE_MS = KEPT_MS - 60 * 60_000;

/** Two writes that were sent within this time could be mistaken for one another. */
export const RIVAL_MS = EFFECT_MS + CLOCK_SKEW_MS;
