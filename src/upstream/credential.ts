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
