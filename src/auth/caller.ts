import type { Credential } from '../upstream/credential.ts';

/** Who calls. */
export interface Caller {
  /** Stable, and good for logs: nothing of a secret is in it. */
  readonly name: string;
  readonly role: 'read' | 'write';
  /** Their numbers, and `personal` for the personal scope. Undefined: any. */
  readonly workspaces: readonly string[] | undefined;
  /** `only`: none but trusted documents. Undefined: whichever TRUSTED_DOCUMENTS lets through. */
  readonly documents?: 'only' | undefined;
  /** What it acts with at Astria, in the workspace of a request that names none. */
  readonly credential: Credential;
  /** Epoch milliseconds: who waits for something waits no longer. Undefined of what does not expire. */
  readonly expiresAt?: number;
}
