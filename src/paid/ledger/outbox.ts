/** Results that are still to be told to the services that wait for them: a transactional outbox. */

/** The caller that is told what the result of its write becomes. */
export interface Recipient {
  /** The name of its gateway key. */
  caller: string;
  /** The workspace of the write. Null for the personal scope. */
  place: string | null;
}

export interface OutboxItem extends Recipient {
  /** Unique among the items that are in the outbox. */
  id: string;
  /** The order in which items were added. */
  seq: number;
  /** `prompt:1` or `tune:2`. */
  object: string;
  /** Time in epoch milliseconds at which it was added. */
  since: number;
  /** What `note` recorded last. Null if nothing was. */
  state: string | null;
}

/** `done` and `claim` of the ledger add items. Each method is atomic, and throws `LedgerFailed` if it cannot be done. */
export interface Outbox {
  /**
   * Makes a process the one that works on the outbox, or keeps it so. Returns whether it is. It has to be repeated within
   * `LEASE_MS`.
   */
  lead(process: string): Promise<boolean>;
  /** Lets another process lead at once. */
  resign(process: string): Promise<void>;
  /** Returns items that were added after this one, in their order. */
  after(seq: number, limit: number): Promise<OutboxItem[]>;
  /** Records how far the work on an item is. */
  note(id: string, state: string): Promise<void>;
  remove(id: string): Promise<void>;
}

/** How long a process leads after it last said so. */
export const LEASE_MS = 6000;

export const itemId = ({ caller }: Recipient, object: string) => `${caller}:${object}`;
