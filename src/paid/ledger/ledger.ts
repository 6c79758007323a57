/** What is remembered of writes that cost money. It knows ids, hashes, times and amounts: no texts, no keys, no secrets. */

import type { Exceeded, OpenCharge, Priced, Reservation, Settled, Spending } from './spending.ts';

/** What a write makes. */
export type Kind = 'tune' | 'prompt';

/** A write that is about to be sent. */
export interface Intent {
  kind: Kind;
  /** Who asks, and under which idempotency key, as a hash; one for each way to tell who. None where nobody will ask again. */
  keys: readonly string[];
  /** Of all that was asked for, but the content of files. */
  digest: string;
  /** What a search for its object would go by, as a hash; undefined where there is nothing to go by. */
  sought: string | undefined;
  /** Nothing stands between this and the sending. */
  isSent: boolean;
}

/**
 * `begun`: surely not sent. `sent`: it may be under way. `unknown`: whoever sent it waits no longer. `done`: its object is
 * known. A write that was surely not done leaves nothing behind.
 */
export type State = 'begun' | 'sent' | 'unknown' | 'done';

export interface Entry {
  id: string;
  state: State;
  digest: string;
  /** Of the content of its files; null where it has none, or where not all of them came. */
  files: string | null;
  /** By Astria's clock, epoch milliseconds. */
  sentAt: number | null;
  /** Whether the process that opened it is alive, and at it. */
  isHeld: boolean;
  made: Made | null;
}

/** What came of a write. */
export interface Made {
  /** Null where Astria did not say. */
  id: number | null;
  /** Whatever else the answer told that cannot be read again. */
  told?: unknown;
  /** The answer was lost, and its object found. */
  wasFound?: boolean;
  /** It was there before: its id was known, or another write had been answered with it. */
  wasKnown?: boolean;
}

/** Each of these is atomic, and holds across processes. All but `check` and `close` throw `LedgerFailed` where it cannot be kept. */
export interface Ledger {
  /** Opens an entry, or answers the one that stands under the key: an entry that was not sent by one who is gone is opened anew. */
  begin(intent: Intent): Promise<{ entry: Entry; isMine: boolean }>;
  /** The moment of sending; undefined where the entry has become somebody else's, and nothing may be sent. */
  sent(id: string, files?: string): Promise<number | undefined>;
  /** Answers what is kept. `priced` says what will tell what it has cost. */
  done(id: string, made: Made, priced?: Priced): Promise<Made>;
  /** It was surely not done: the key is free again. */
  free(id: string): Promise<void>;
  /** Whoever sent it waits no longer. */
  lost(id: string): Promise<void>;
  /**
   * Takes the one object among those found that nobody else has. None where several are left, and none while another write
   * that could have made it is open.
   */
  claim(id: string, found: readonly number[]): Promise<Made | undefined>;
  /** Before it is sent: puts aside what it may cost. Answers the budget that has no room for it; then nothing is put aside. */
  reserve(id: string, reservation: Reservation): Promise<Exceeded | undefined>;
  /** In the order of the names. */
  spending(budgets: readonly string[]): Promise<Spending[]>;
  /** Writes whose prices are to be looked for now. Each is told to one process, and later again. */
  takeDue(limit: number): Promise<OpenCharge[]>;
  /** What one of its objects has cost. Undefined where that was told before. */
  told(id: string, job: string, costMc: number): Promise<Settled | undefined>;
  /** Why it may forget what it was told, in words for whoever runs it. */
  readonly warnings: readonly string[];
  /** How often it found its store taken by somebody else, and asked again. */
  readonly waits: number;
  /** Throws where nothing can be written. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export class LedgerFailed extends Error {
  /** Whether what was asked for may have been done all the same: its reply was lost. */
  readonly mayBeDone: boolean;

  constructor(message: string, { mayBeDone = false, ...options }: LedgerFailure = {}) {
    super(message, options);
    this.mayBeDone = mayBeDone;
  }
}

interface LedgerFailure extends ErrorOptions {
  mayBeDone?: boolean;
}

/** What it is when something is asked of the ledger, in epoch milliseconds. */
export interface Time {
  /** As near to Astria's time as is known. */
  now: number;
  /** Whatever clock is wrong: what is over before this is over. */
  earliest: number;
  /** What is kept is kept from here on. */
  latest: number;
}

/** Astria's, rather than our own, which is moved by whoever sets it. */
export interface LedgerClock {
  now(): number;
  bounds(): Pick<Time, 'earliest' | 'latest'>;
}

export const timeOf = (clock: LedgerClock): Time => ({ now: clock.now(), ...clock.bounds() });

/**
 * How long a key stands for its first answer, and an object for whom it belongs to: a day, and what Astria's time may be
 * ahead of what is known of it.
 */
export const KEPT_MS = 24 * 60 * 60_000 + 60_000;

/**
 * When Redis takes away, by its own clock, what nobody asks for: its clock may step by days, and what was noted before Astria had
 * told its time is kept for a week.
 */
export const RECLAIM_MS = 10 * 24 * 60 * 60_000;

/** Until when what is noted now is kept. */
export const keptUntil = ({ latest }: Time) => latest + KEPT_MS;

/** The name of the error of a file that another process has to itself: its class does not come out of a thread. */
export const IN_USE = 'LedgerInUse';

/**
 * How long an entry counts as held after the last sign of life. Short, so that nobody waits long for the dead; one who is
 * alive after all does no harm: it is asked by `sent` whether the entry is still its own.
 */
export const HELD_MS = 5000;

/** How far apart two processes may be in what they know of Astria's time. */
export const CLOCK_SKEW_MS = 5000;

/** What is held for longer than anybody holds was held before the clock was put back: by then its holder is dead. */
export const isHeldAt = (heldUntil: number, now: number) =>
  heldUntil > now && heldUntil <= now + HELD_MS + CLOCK_SKEW_MS;

/** How long after it was sent a write may take effect. Astria speaks of 60 s. */
export const EFFECT_MS = 120_000;

/**
 * After it nothing is claimed: of what others were given, or had under way, at that time the first may be forgotten. They
 * are kept from their beginning, and may have sent files for half an hour since.
 */
export const CLAIMABLE_MS = KEPT_MS - 60 * 60_000;

/** Two writes sent within this of each other could be taken for one another. */
export const RIVAL_MS = EFFECT_MS + CLOCK_SKEW_MS;
