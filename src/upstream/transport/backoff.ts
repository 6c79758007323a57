export interface BackoffOptions {
  firstMs: number;
  longestMs: number;
}

/**
 * Returns the delay before the next attempt, after this many delays. Each is twice as long as the one before. Up to half of it
 * is subtracted at random, so that callers that failed together do not retry together.
 */
export function backoffMs(waits: number, { firstMs, longestMs }: BackoffOptions): number {
  const ms = Math.min(firstMs * 2 ** waits, longestMs);
  return Math.round(ms * (1 - Math.random() / 2));
}
