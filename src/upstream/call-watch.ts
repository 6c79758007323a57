import type { CallLog } from './call-log.ts';
import type { CallName } from './errors.ts';

/** How a call ended, retries included. */
export interface CallOutcome {
  /** The status of the last answer, if there was one. */
  status: number | undefined;
  /** Why there was no answer. Also undefined if the waiting client left. `breaker` and `bulkhead`: the call was not sent. */
  error: 'timeout' | 'connection' | 'breaker' | 'bulkhead' | undefined;
  retries: number;
}

/** Observes a single call to its end. */
export interface CallWatch {
  /** Headers to send with the call, such as `traceparent`. Sharing and caching ignore them. */
  headers?: Record<string, string>;
  over(outcome: CallOutcome): void;
}

/** Called once for each call that is made: not for its retries, and not for operations that share it. */
export type OnCall = (call: CallName, calls: CallLog | undefined) => CallWatch | undefined;
