import type { Credential } from '../upstream/credential.ts';

/** Who calls. */
export interface Caller {
  /** Stable, and good for logs: nothing of a secret is in it. */
  readonly name: string;
  readonly role: 'read' | 'write';
  /** Their numbers, and `personal` for the personal scope. Undefined: any. */
  readonly workspaces: readonly string[] | undefined;
  /** What it acts with at Astria, in the workspace of a request that names none. */
  readonly credential: Credential;
}
