import type { RunLimits } from '../../execution/quota.ts';

/** Of one operation: fields that fail, and elements of all its lists together. */
export const RUN_LIMITS: RunLimits = { errors: 200, elements: 10_000 };
