import { NoCredential } from './errors.ts';
import type { Headers } from './transport/errand.ts';

/** On whose behalf a call is made. */
export interface Credential {
  /** Astria's key, `sd_…`; undefined where the caller brought none. */
  token: string | undefined;
  /** An id, `all`, or undefined for the personal scope. */
  workspaceId: string | undefined;
  /** Who calls, where several share the key: the storm of one leaves room for the others. */
  owner?: string;
  /** Where it comes from, of a caller with a key of its own, or none. */
  address?: string | undefined;
}

/** Whom a call is for, and so what of the credential goes with it. */
export interface Reach {
  /** Astria answers it to anybody, so no key is sent, nor needed. */
  isPublic?: boolean;
  /** The same may be true of it: a key is sent where there is one. */
  isOpen?: boolean;
  /** It is of the account as a whole, and goes without a workspace. */
  isOfAccount?: boolean;
}

export function headersFor({ token, workspaceId }: Credential, call: Reach): Headers {
  if (call.isPublic) return { accept: 'application/json' };
  if (!token && call.isOpen) return { accept: 'application/json' };
  if (!token) {
    throw new NoCredential('Astria needs a key: send the header `Authorization: Bearer sd_…`.');
  }
  return {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    ...(workspaceId && !call.isOfAccount && { 'x-workspace-id': workspaceId }),
  };
}
