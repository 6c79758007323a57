import { useQuery } from '@apollo/client/react';
import { ESTIMATE } from '../graphql/documents.ts';
import type { ResultOf, VariablesOf } from '../graphql/tada.ts';
import { dollars } from './format.ts';

export type EstimateInput = VariablesOf<typeof ESTIMATE>['input'];
type Estimate = ResultOf<typeof ESTIMATE>['costEstimate'];

/** Asks what something may cost. The last answer stays until the next one is there. */
export function useEstimate(input: EstimateInput | undefined): Estimate | undefined {
  const { data, previousData, error } = useQuery(ESTIMATE, {
    variables: { input: input as EstimateInput },
    skip: input === undefined,
  });
  if (error || input === undefined) return undefined;
  return (data ?? previousData)?.costEstimate;
}

const MILLI_CENTS = 100_000;

/** What was shown is the most that may be spent: what would cost more is not sent. */
export const maxCostOf = (estimate: Estimate | undefined): { maxCost?: string } =>
  estimate?.high ? { maxCost: (estimate.high.milliCents / MILLI_CENTS).toFixed(5) } : {};

const BASIS: Record<Estimate['basis'], string> = {
  HISTORY: 'by what you have paid for the same',
  LIST: "by Astria's price list",
  PACK: "by the pack's prices",
  UNKNOWN: '',
};

export function Price({ estimate }: { estimate: Estimate | undefined }) {
  const { low, high, basis = 'UNKNOWN' } = estimate ?? {};
  return (
    <p className="price" aria-live="polite">
      <span>Price</span>
      <strong>{high ? rangeOf(low ?? high, high) : estimate ? 'not known before' : '…'}</strong>
      <small>{BASIS[basis]}</small>
    </p>
  );
}

function rangeOf(low: NonNullable<Estimate['low']>, high: NonNullable<Estimate['high']>): string {
  return low.milliCents === high.milliCents ? dollars(high) : `${dollars(low)} – ${dollars(high)}`;
}
