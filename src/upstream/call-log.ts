/** What one operation asked of Astria: for its budget, for those who want to know, for the log. */
import { type CallName, TooManyCalls } from './errors.ts';

export interface CallEntry extends CallName {
  /** Of the last answer; undefined while there is none, and where none came. */
  status: number | undefined;
  ms: number;
  /** How often it was sent again. */
  retries: number;
  /**
   * `made` for this operation; `shared` with one that was under way for the same caller; `revalidated`: made, and nothing
   * had changed since it was asked last; `heldBack` by the gateway, and never sent.
   */
  kind: 'made' | 'shared' | 'revalidated' | 'heldBack';
}

/** What is counted beyond these is not kept one by one. */
const MAX_ENTRIES = 1000;

export class CallLog {
  /** Calls sent to Astria for this operation, revalidated ones included; one that is sent again counts once. */
  made = 0;
  shared = 0;
  revalidated = 0;
  /** How often something was sent again. */
  retried = 0;
  /** Of all calls made, whether side by side or one after the other. */
  ms = 0;
  /** The most calls that may be made. */
  readonly max: number;
  readonly entries: CallEntry[] = [];
  readonly #whole: CallLog | undefined;
  #allowed = 0;

  constructor(max = Number.POSITIVE_INFINITY, whole?: CallLog) {
    this.max = max;
    this.#whole = whole;
  }

  /** Of a part of the operation that may make so many of its calls. */
  within(max: number): CallLog {
    return new CallLog(max, this);
  }

  /** Throws `TooManyCalls` where it would be one too many. */
  begin(call: CallName): CallEntry {
    this.mustHaveRoom();
    const entry = this.#whole?.begin(call);
    this.made++;
    return entry ?? this.#keep(call, 'made');
  }

  /** Throws `TooManyCalls` where no more may be made. */
  mustHaveRoom() {
    if (this.made >= this.max + this.#allowed) throw new TooManyCalls(this.max, this.made + 1);
    this.#whole?.mustHaveRoom();
  }

  /** More than `max`, for what must be known however much has been asked. */
  allowMore(count = 1) {
    this.#allowed += count;
  }

  join(call: CallName): CallEntry {
    this.shared++;
    return this.#whole?.join(call) ?? this.#keep(call, 'shared');
  }

  /** A call that was begun, when it has come to its end. */
  end(entry: CallEntry, { status, ms, retries }: { status?: number; ms: number; retries: number }) {
    this.#whole?.end(entry, { status, ms, retries });
    entry.status = status;
    entry.ms = ms;
    entry.retries = retries;
    this.retried += retries;
    this.ms += ms;
  }

  /** A call that was begun was never sent. */
  markHeldBack(entry: CallEntry) {
    entry.kind = 'heldBack';
    this.made--;
    this.#whole?.markHeldBack(entry);
  }

  /** A call that has come to its end brought nothing new. */
  markUnchanged(entry: CallEntry) {
    entry.kind = 'revalidated';
    this.revalidated++;
    this.#whole?.markUnchanged(entry);
  }

  #keep({ method, route }: CallName, kind: CallEntry['kind']): CallEntry {
    const entry = { method, route, status: undefined, ms: 0, retries: 0, kind };
    if (this.entries.length < MAX_ENTRIES) this.entries.push(entry);
    return entry;
  }
}
