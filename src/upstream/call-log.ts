/** The calls to Astria of one operation: for its budget, for the upstream report and for the log. */
import { type CallName, TooManyCalls } from './errors.ts';

export interface CallEntry extends CallName {
  /** The status of the last answer. Undefined while there is none, and if none came. */
  status: number | undefined;
  ms: number;
  /** How many times the call was retried. */
  retries: number;
  /**
   * `made`: sent for this operation. `shared`: joined a call in flight of the same caller. `revalidated`: sent, and answered
   * that nothing had changed. `heldBack`: never sent, because of the breaker or the bulkhead.
   */
  kind: 'made' | 'shared' | 'revalidated' | 'heldBack';
}

/** The most entries that are kept. Calls beyond them are only counted. */
const MAX_ENTRIES = 1000;

export class CallLog {
  /** Calls sent to Astria for this operation, including revalidated ones. A retry does not count again. */
  made = 0;
  shared = 0;
  revalidated = 0;
  /** The number of retries. */
  retried = 0;
  /** The sum of the durations of all calls, including those that ran at the same time. */
  ms = 0;
  /** The most calls that the operation may make. */
  readonly max: number;
  readonly entries: CallEntry[] = [];
  #allowed = 0;

  constructor(max = Number.POSITIVE_INFINITY) {
    this.max = max;
  }

  /** Counts a new call. Throws `TooManyCalls` if it is one too many. */
  begin(call: CallName): CallEntry {
    this.mustHaveRoom();
    this.made++;
    return this.#keep(call, 'made');
  }

  /** Throws `TooManyCalls` if no further call may be made. */
  mustHaveRoom() {
    if (this.made >= this.max + this.#allowed) throw new TooManyCalls(this.max, this.made + 1);
  }

  /** Allows one call more than `max`, for what must be known whatever has been spent. */
  allowOneMore() {
    this.#allowed++;
  }

  join(call: CallName): CallEntry {
    this.shared++;
    return this.#keep(call, 'shared');
  }

  /** Completes the entry of a call. */
  end(entry: CallEntry, { status, ms, retries }: { status?: number; ms: number; retries: number }) {
    entry.status = status;
    entry.ms = ms;
    entry.retries = retries;
    this.retried += retries;
    this.ms += ms;
  }

  /** Takes back a call that was counted but never sent. */
  markHeldBack(entry: CallEntry) {
    entry.kind = 'heldBack';
    this.made--;
  }

  /** Marks a completed call as one that brought nothing new. */
  markUnchanged(entry: CallEntry) {
    entry.kind = 'revalidated';
    this.revalidated++;
  }

  #keep({ method, route }: CallName, kind: CallEntry['kind']): CallEntry {
    const entry = { method, route, status: undefined, ms: 0, retries: 0, kind };
    if (this.entries.length < MAX_ENTRIES) this.entries.push(entry);
    return entry;
  }
}
