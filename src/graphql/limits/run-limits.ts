import type { RunLimits } from '../../execution/quota.ts';

/** Of one operation: elements of all its lists together, and fields that fail, which the operations of a batch share. */
export const runLimits = (operations: number): RunLimits => ({
  errors: Math.ceil(200 / operations),
  elements: 10_000,
});
