/** What operations are handed of those who wait: `jobs.ts`, which makes it, makes contexts too. */
import type { Caller } from '../auth/caller.ts';
import type { Credential } from '../upstream/credential.ts';
import type { Callbacks } from './callbacks.ts';
import type { Clock } from './clock.ts';
import type { Seats } from './seats.ts';
import type { Watcher } from './watcher.ts';

export interface Asking {
  caller: Caller;
  /** In the workspace of the request. */
  credential: Credential;
}

export interface Waiting {
  readonly clock: Clock;
  readonly seats: Seats;
  /** Undefined where Astria cannot reach this gateway. */
  readonly callbacks: Callbacks | undefined;
  /** The one that looks at all that is waited for with this credential in this workspace. */
  watcherFor(asking: Asking): Watcher;
  /** Counts an event as an operation; throws where that is too many. */
  spend(countedAs: string): Promise<void>;
}
