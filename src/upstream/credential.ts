import { NoCredential } from './errors.ts';
import type { Headers } from './transport/errand.ts';

/** On whose behalf a call is made. */
export interface Credential {
  /** Astria's key, `sd_…`. Undefined if the caller brought none. */
  token: string | undefined;
  /** A workspace id, `all`, or undefined for the personal scope. */
  workspaceId: string | undefined;
  /** The caller's name, if several callers share the key. The bulkhead and the breaker count by it. */
  owner?: string;
  /** The client's address, if the caller brought its own key or none. */
  address?: string | undefined;
}

/** Whom a call is for, and so what of the credential goes with it. */
export interface Reach {
  /** Astria answers it to anybody, so no key is sent, nor needed. */
  isPublic?: boolean;
  /** Astria answers anybody, but the key is sent if there is one. */
  isOpen?: boolean;
  /** The endpoint belongs to the whole account, so no workspace is sent. */
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
