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
  /** A stable name for logs. It contains no secret. */
  readonly name: string;
  readonly role: 'read' | 'write';
  /** The numbers of the workspaces that it may use, and `personal` for the personal scope. Undefined: all. */
  readonly workspaces: readonly string[] | undefined;
  /** `only`: none but trusted documents. Undefined: whichever TRUSTED_DOCUMENTS lets through. */
  readonly documents?: 'only' | undefined;
  /** What it acts with at Astria, in the workspace of a request that names none. */
  readonly credential: Credential;
  /** All that bound what it may spend: of the held key's money alone. */
  readonly budgets?: readonly CallerBudget[];
  /** Epoch milliseconds: who waits for something waits no longer. Undefined of what does not expire. */
  readonly expiresAt?: number;
}
