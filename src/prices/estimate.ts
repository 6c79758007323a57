/** Estimates of what something will cost. Amounts are in milli-cents, Astria's unit. */

type Basis = 'LIST' | 'PACK' | 'HISTORY' | 'UNKNOWN';

export interface Span {
  low: number;
  likely: number;
  high: number;
}

interface Evidence {
  /** The number of the account's rows that the estimate is based on. */
  samples: number;
  /** The date of the prices. */
  asOf: string | null;
}

export interface Known extends Evidence {
  basis: Exclude<Basis, 'UNKNOWN'>;
  span: Span;
}

/** Numbers of things without a price. */
export interface Units {
  image: number;
  video: number;
  tune: number;
}

export interface Unknown extends Evidence {
  basis: 'UNKNOWN';
  span: undefined;
  /** The parts that have no price. */
  unpriced: Units;
  /** The most that the parts with a price may cost. */
  pricedMc: number;
}

export type Estimate = Known | Unknown;

/** An unknown price is reported as such. It is never guessed. */
export const unknown = (unpriced: Partial<Units>, pricedMc = 0): Unknown => ({
  ...{ basis: 'UNKNOWN', span: undefined, samples: 0, asOf: null, pricedMc },
  unpriced: { image: 0, video: 0, tune: 0, ...unpriced },
});

/** A row of the account that shows what was paid for it. */
export interface Sample {
  id: number;
  costMc: number;
  at: string | null;
}

/** Returns whether a row tells a price. What was free, such as a prompt on Astria's mock, says nothing of what is not. */
export const isPrice = (costMc: number | null | undefined): costMc is number =>
  costMc != null && costMc > 0;

/** By what the account has paid for the same; undefined where it has not. */
export function ofSamples(samples: readonly Sample[]): Known | undefined {
  if (samples.length === 0) return undefined;
  const costs = samples.map(({ costMc }) => costMc).sort((a, b) => a - b);
  const at = (index: number) => costs.at(index) as number;
  const span = { low: at(0), likely: at(Math.floor((costs.length - 1) / 2)), high: at(-1) };
  const dates = samples.flatMap((sample) => sample.at ?? []).sort();
  return { basis: 'HISTORY', span, samples: samples.length, asOf: dates.at(-1) ?? null };
}

/** Returns the estimate for `count` things of the same kind. */
export function times(estimate: Estimate, count: number): Estimate {
  if (estimate.span) return { ...estimate, span: mapped(estimate.span, (mc) => mc * count) };
  const { unpriced, pricedMc } = estimate;
  const { image, video, tune } = unpriced;
  const units = { image: image * count, video: video * count, tune: tune * count };
  return unknown(units, pricedMc * count);
}

/** The order in which the basis of a sum is chosen if its parts have different ones. */
const LEADING = ['PACK', 'HISTORY', 'LIST'] as const;

/** Adds estimates. The sum is unknown if a part is. Its date is the oldest one. */
export function sumOf(estimates: readonly Estimate[]): Estimate {
  const known = estimates.filter((estimate): estimate is Known => estimate.span !== undefined);
  const basis = LEADING.find((each) => known.some((estimate) => estimate.basis === each));
  if (!basis || known.length < estimates.length) return sumOfUnknown(estimates);
  const add = (name: keyof Span) => known.reduce((sum, { span }) => sum + span[name], 0);
  return {
    basis,
    span: { low: add('low'), likely: add('likely'), high: add('high') },
    samples: known.reduce((sum, { samples }) => sum + samples, 0),
    asOf: known.flatMap(({ asOf }) => asOf ?? []).sort()[0] ?? null,
  };
}

function sumOfUnknown(estimates: readonly Estimate[]): Unknown {
  const parts = estimates.map((each) => (each.span ? unknown({}, each.span.high) : each));
  const add = (name: keyof Units) => parts.reduce((sum, { unpriced }) => sum + unpriced[name], 0);
  const pricedMc = parts.reduce((sum, part) => sum + part.pricedMc, 0);
  return unknown({ image: add('image'), video: add('video'), tune: add('tune') }, pricedMc);
}

const mapped = ({ low, likely, high }: Span, map: (amount: number) => number): Span => ({
  low: map(low),
  likely: map(likely),
  high: map(high),
});
