import { builder } from '../../graphql/builder.ts';
import { FOR_ALL } from '../../graphql/caching.ts';
import { MoneyType } from '../../graphql/money.ts';
import type { Pack } from './rest.ts';

export interface PackCost {
  className: string;
  milliCents: number | null;
  numImages: number | null;
}

export const PackCostType = builder.objectRef<PackCost>('PackCost').implement({
  description: 'What a pack costs for one class of subject.',
  fields: (t) => ({
    className: t.exposeString('className', {
      nullable: false,
      extensions: FOR_ALL,
      description: 'man, woman, dress …',
    }),
    cost: t.expose('milliCents', {
      type: MoneyType,
      extensions: FOR_ALL,
      description: 'The price of one run.',
    }),
    numImages: t.exposeInt('numImages', {
      extensions: FOR_ALL,
      description: 'How many images one run makes.',
    }),
  }),
});

const MILLI_CENTS_PER_CENT = 1000;

/** Reads Astria's three shapes of costs, all of which occur. */
export function costsOf({ costs, cost_mc_hash }: Pick<Pack, 'costs' | 'cost_mc_hash'>): PackCost[] {
  const classNames = new Set([...Object.keys(costs ?? {}), ...Object.keys(cost_mc_hash ?? {})]);
  return [...classNames].map((className) => {
    const entry = own(costs, className);
    const fromCents = entry?.cost == null ? null : entry.cost * MILLI_CENTS_PER_CENT;
    return {
      className,
      milliCents: entry?.cost_mc ?? own(cost_mc_hash, className) ?? fromCents,
      numImages: entry?.num_images ?? null,
    };
  });
}

/** Reads own properties only: a class may be called `constructor`. */
const own = <Value>(map: Record<string, Value> | null | undefined, key: string) =>
  map && Object.hasOwn(map, key) ? map[key] : undefined;
