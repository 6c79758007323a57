import type { CallLog } from './call-log.ts';
import type { CallName } from './errors.ts';

/** How a call ended, all its tries taken together. */
export interface CallOutcome {
  /** Of the last answer, if there was one. */
  status: number | undefined;
  /** Why there was none; undefined too where nobody waited for it any more. The last two: it was held back. */
  error: 'timeout' | 'connection' | 'breaker' | 'bulkhead' | undefined;
  retries: number;
}

/** One who follows a single call to its end. */
export interface CallWatch {
  /** Sent along, such as a `traceparent`; what is shared and remembered does not depend on them. */
  headers?: Record<string, string>;
  over(outcome: CallOutcome): void;
}

/** Asked once for each call made, however often it is sent again, and not for those that share one. */
export type OnCall = (call: CallName, calls: CallLog | undefined) => CallWatch | undefined;
