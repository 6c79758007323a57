import type { Credential } from '../upstream/credential.ts';

/** The name of the budget that all callers share. */
export const WHOLE_GATEWAY = 'gateway';

/** Amounts in milli-cents. */
export interface CallerBudget {
  /** The owner: `gateway`, or the caller. */
  readonly name: string;
  readonly day: number | undefined;
  readonly month: number | undefined;
}

/** An authenticated caller. */
export interface Caller {
  /** A stable name for logs. It contains no secret. */
  readonly name: string;
  readonly role: 'read' | 'write';
  /** The numbers of the workspaces that the caller may use, and `personal` for the personal scope. Undefined: all. */
  readonly workspaces: readonly string[] | undefined;
  /** `only`: trusted documents only. Undefined: what TRUSTED_DOCUMENTS allows. */
  readonly documents?: 'only' | undefined;
  /** The credential for Astria, if the request names no workspace. */
  readonly credential: Credential;
  /** Whether a webhook is told what the writes of the caller become. */
  readonly hasWebhook?: boolean;
  /** All budgets that limit the caller. They only count the held key's money. */
  readonly budgets?: readonly CallerBudget[];
  /** The time in epoch milliseconds at which the token expires and its streams end. Undefined if it does not expire. */
  readonly expiresAt?: number;
}
