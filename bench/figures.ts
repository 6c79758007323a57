import type { Figures } from './load/cell.ts';

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = sorted.slice(middle - 1 + (sorted.length % 2));
  return sorted.length % 2 === 1 ? low : (low + high) / 2;
}

/** Each figure by itself. */
export function medians(samples: readonly Figures[]): Figures {
  const of = (name: keyof Figures) => median(samples.map((sample) => sample[name]));
  return {
    cpu: of('cpu'),
    rps: of('rps'),
    p50: of('p50'),
    p99: of('p99'),
    upstream: of('upstream'),
    rss: of('rss'),
  };
}
