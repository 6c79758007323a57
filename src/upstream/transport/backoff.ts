export interface BackoffOptions {
  firstMs: number;
  longestMs: number;
}

/**
 * How long to wait before trying once more, after so many waits: each is twice as long as the one before. Up to a half of it is
 * left out at random, so that not all who were turned away together come again together.
 */
export function backoffMs(waits: number, { firstMs, longestMs }: BackoffOptions): number {
  const ms = Math.min(firstMs * 2 ** waits, longestMs);
  return Math.round(ms * (1 - Math.random() / 2));
}
