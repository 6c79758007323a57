/** The part of `jobs.ts` that operations see. It is declared here, because `jobs.ts` itself imports contexts. */
import type { Caller } from '../auth/caller.ts';
import type { Credential } from '../upstream/credential.ts';
import type { Callbacks } from './callbacks.ts';
import type { Clock } from './clock.ts';
import type { Seats } from './seats.ts';
import type { Watcher } from './watcher.ts';

export interface Asking {
  caller: Caller;
  /** The credential in the workspace of the request. */
  credential: Credential;
}

export interface Waiting {
  readonly clock: Clock;
  readonly seats: Seats;
  /** Undefined if callbacks are off. */
  readonly callbacks: Callbacks | undefined;
  /** Returns the watcher of all jobs that are waited for with this credential in this workspace. */
  watcherFor(asking: Asking): Watcher;
  /** Counts an event as an operation. Throws if there were too many. */
  spend(countedAs: string): Promise<void>;
}
