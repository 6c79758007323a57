import type { Credential } from '../upstream/credential.ts';

/** An authenticated caller. */
export interface Caller {
  /** A stable name for logs. It contains no secret. */
  readonly name: string;
  readonly role: 'read' | 'write';
  /** The numbers of the workspaces that it may use, and `personal` for the personal scope. Undefined: all. */
  readonly workspaces: readonly string[] | undefined;
  /** Its credential at Astria, with the workspace of requests that name none. */
  readonly credential: Credential;
  /** Epoch milliseconds. Streams of the caller end then. Undefined if it does not expire. */
  readonly expiresAt?: number;
}
