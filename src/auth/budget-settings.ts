/** How much of the held key's money may be spent: by all, by the holder of a gateway key, by the subject of a token. */
import * as z from 'zod';
import { milliCentsIn, WANTED_USD } from '../prices/usd.ts';
import { heldToken } from './held-key.ts';

/** In milli-cents. Undefined: no bound. */
export interface Limits {
  day: number | undefined;
  month: number | undefined;
}

/** What is put aside for what nobody can estimate, in milli-cents: for each image, video and training. */
interface UnknownCosts {
  image: number;
  video: number;
  tune: number;
}

export interface BudgetConfig {
  /** Of the whole gateway. */
  budget: Limits | undefined;
  /** There are some wherever there may be a budget. */
  unknownCosts: UnknownCosts | undefined;
}

const Usd = z
  .string(`must be ${WANTED_USD}`)
  .refine((text) => milliCentsIn(text) !== undefined, `must be ${WANTED_USD}`)
  .transform((text) => milliCentsIn(text) as number);

const WANTED =
  'must be such as { "day": "5.00", "month": "100.00" }, in US dollars, with one of the two at least';

/** Of a gateway key, and as a claim of a token. */
export const KeyBudget = z
  .strictObject({ day: Usd.optional(), month: Usd.optional() }, WANTED)
  .refine(({ day, month }) => day !== undefined || month !== undefined, WANTED)
  .transform(({ day, month }): Limits => ({ day, month }));

export const budgetSettings = {
  BUDGET_DAY: Usd.optional(),
  BUDGET_MONTH: Usd.optional(),
  BUDGET_UNKNOWN_IMAGE: Usd.optional(),
  BUDGET_UNKNOWN_VIDEO: Usd.optional(),
  BUDGET_UNKNOWN_TUNE: Usd.optional(),
};

type Settings = { [Name in keyof typeof budgetSettings]?: number | undefined } & {
  ASTRIA_AUTH_TOKEN?: string | undefined;
  ASTRIA_AUTH_TOKEN_FILE?: string | undefined;
  /** As it was given, where it has faults of its own. */
  GATEWAY_KEYS?: unknown;
};

const UNKNOWN = ['BUDGET_UNKNOWN_IMAGE', 'BUDGET_UNKNOWN_VIDEO', 'BUDGET_UNKNOWN_TUNE'] as const;

const NO_HELD_KEY =
  'bounds the money of a held key, and there is none: set ASTRIA_AUTH_TOKEN, or leave it out';
const NEEDED =
  'must be set where there is a budget: it is put aside for what nobody can estimate, in US dollars';

/** What variables must be to each other: which is wrong, and how. */
export function budgetFaults(env: Settings): [name: string, message: string][] {
  const own = (['BUDGET_DAY', 'BUDGET_MONTH'] as const).filter((name) => env[name] !== undefined);
  const isOfKeys =
    Array.isArray(env.GATEWAY_KEYS) && env.GATEWAY_KEYS.some((key) => key?.budget !== undefined);
  const given = UNKNOWN.filter((name) => env[name] !== undefined);
  if (!heldToken(env)) return [...own, ...given].map((name) => [name, NO_HELD_KEY]);
  // All or none, where only tokens may bring a budget.
  if (own.length === 0 && !isOfKeys && given.length === 0) return [];
  return UNKNOWN.filter((name) => env[name] === undefined).map((name) => [name, NEEDED]);
}

export function budgetOf(env: Settings): BudgetConfig {
  const { BUDGET_DAY: day, BUDGET_MONTH: month } = env;
  const [image, video, tune] = UNKNOWN.map((name) => env[name]);
  return {
    budget: day === undefined && month === undefined ? undefined : { day, month },
    unknownCosts:
      image === undefined || video === undefined || tune === undefined
        ? undefined
        : { image, video, tune },
  };
}
