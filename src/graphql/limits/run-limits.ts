import type { RunLimits } from '../../execution/quota.ts';

/**
 * Returns the limits of one operation: the elements of all its lists together, and the failed fields. The operations of a batch
 * share the latter.
 */
export const runLimits = (operations: number): RunLimits => ({
  errors: Math.ceil(200 / operations),
  elements: 10_000,
});
