/**
 * Limits the cost of a write at the request of the client. A write that may cost more, or whose cost is not known, is not sent.
 */
import type { InputBuilder } from '../graphql/builder.ts';
import { refuse } from '../graphql/rules.ts';
import type { Estimate } from '../prices/estimate.ts';
import { milliCentsIn, usd, WANTED_USD } from '../prices/usd.ts';
import { idempotencyField } from './idempotency.ts';

/** The input fields of every mutation that costs money. */
export const paidFields = (t: InputBuilder) => ({
  idempotencyKey: idempotencyField(t),
  maxCost: t.string({
    description:
      'The most it may cost, in US dollars, with 5 decimals at most: `"0.25"`. If `costEstimate` says that it may be more, or cannot say, nothing is sent. A retry with the same `idempotencyKey` may have a different one.',
  }),
});

const PATH = ['input', 'maxCost'];

/** Returns milli-cents. */
export function maxCostOf({ maxCost }: { maxCost?: string | null }): number | undefined {
  if (maxCost == null) return undefined;
  const amount = milliCentsIn(maxCost);
  return amount ?? refuse([{ path: PATH, message: `must be ${WANTED_USD}` }], NOT_DONE);
}

export function mustCostAtMost(maxMc: number, { span }: Estimate) {
  if (span && span.high <= maxMc) return;
  const message = span
    ? `is ${usd(maxMc)} USD, and it may cost ${usd(span.high)}: nothing was sent`
    : 'cannot be guaranteed, because the cost of this is not known: nothing was sent';
  refuse([{ path: PATH, message }], NOT_DONE);
}

const NOT_DONE = { outcome: 'NOT_DONE' };
