import { useQuery } from '@apollo/client/react';
import { ESTIMATE } from '../graphql/documents.ts';
import type { Money } from '../graphql/fragments.ts';
import type { ResultOf, VariablesOf } from '../graphql/tada.ts';
import { dollars } from './format.ts';

export type EstimateInput = VariablesOf<typeof ESTIMATE>['input'];
type Answer = ResultOf<typeof ESTIMATE>;

export interface Priced {
  input: EstimateInput;
  /** The same for one picture. Its price times `count` is shown if the price of `input` is not known. */
  one?: EstimateInput;
  count?: number;
}

export interface Estimate {
  low: Money | null;
  high: Money | null;
  /** The price of one picture times their number, in dollars. */
  about?: number | undefined;
  basis: Answer['costEstimate']['basis'];
}

const UNKNOWN: Estimate = { low: null, high: null, basis: 'UNKNOWN' };

/** Returns what something may cost. Undefined until there is an answer, and a form is not sent before that. */
export function useEstimate(priced: Priced | undefined): Estimate | undefined {
  const { input, one = input, count = 1 } = priced ?? {};
  const { data, previousData, error } = useQuery(ESTIMATE, {
    variables: { input: input as EstimateInput, one: one as EstimateInput },
    skip: input === undefined,
  });
  const answer = data ?? previousData;
  if (input === undefined || error) return UNKNOWN;
  if (!answer) return undefined;
  const { high } = answer.one;
  return { ...answer.costEstimate, about: data && high ? high.usd * count : undefined };
}

const MILLI_CENTS = 100_000;

/** Returns the price that was shown as the most that may be spent. The gateway refuses what would cost more. */
export const maxCostOf = (estimate: Estimate | undefined): { maxCost?: string } =>
  estimate?.high ? { maxCost: (estimate.high.milliCents / MILLI_CENTS).toFixed(5) } : {};

const BASIS: Record<Estimate['basis'], string> = {
  HISTORY: 'by what you have paid for the same',
  LIST: "by Astria's price list",
  PACK: "by the pack's prices",
  UNKNOWN: 'Astria reports it afterwards',
};

export function Price({ estimate }: { estimate: Estimate | undefined }) {
  return (
    <p className="price" aria-live="polite">
      <span>Price</span>
      <strong>{estimate ? amountOf(estimate) : '…'}</strong>
      <small>{estimate && reasonOf(estimate)}</small>
    </p>
  );
}

function amountOf({ low, high, about }: Estimate): string {
  if (high && low && low.milliCents !== high.milliCents)
    return `${dollars(low)} – ${dollars(high)}`;
  if (high) return dollars(high);
  return about === undefined ? 'Not known in advance' : `About ${dollars({ usd: about })}`;
}

const reasonOf = ({ high, about, basis }: Estimate): string =>
  !high && about !== undefined ? 'by what one has cost' : BASIS[basis];
