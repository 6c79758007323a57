import type { Credential } from '../upstream/credential.ts';

/** Whose budget bounds all callers together. */
export const WHOLE_GATEWAY = 'gateway';

/** In milli-cents. */
export interface CallerBudget {
  /** Whose it is: `gateway`, or the one that calls. */
  readonly name: string;
  readonly day: number | undefined;
  readonly month: number | undefined;
}

/** Who calls. */
export interface Caller {
  /** Stable, and good for logs: nothing of a secret is in it. */
  readonly name: string;
  readonly role: 'read' | 'write';
  /** Their numbers, and `personal` for the personal scope. Undefined: any. */
  readonly workspaces: readonly string[] | undefined;
  /** What it acts with at Astria, in the workspace of a request that names none. */
  readonly credential: Credential;
  /** All that bound what it may spend: of the held key's money alone. */
  readonly budgets?: readonly CallerBudget[];
  /** Epoch milliseconds: who waits for something waits no longer. Undefined of what does not expire. */
  readonly expiresAt?: number;
}
