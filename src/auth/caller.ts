import type { Credential } from '../upstream/credential.ts';

/** An authenticated caller. */
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
  /** Epoch milliseconds. Streams of the caller end then. Undefined if it does not expire. */
  readonly expiresAt?: number;
}
