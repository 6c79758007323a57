/** Settings of how much of the held key's money may be spent: by all callers, by a gateway key, by the subject of a token. */
import * as z from 'zod';
import { milliCentsIn, WANTED_USD } from '../prices/usd.ts';
import { heldToken } from './held-key.ts';

/** Amounts in milli-cents. Undefined: no limit. */
export interface Limits {
  day: number | undefined;
  month: number | undefined;
}

/** The amounts that are reserved for an image, a video and a training without an estimate, in milli-cents. */
interface UnknownCosts {
  image: number;
  video: number;
  tune: number;
}

export interface BudgetConfig {
  /** The budget of the whole gateway. */
  budget: Limits | undefined;
  /** Defined if there may be budgets. */
  unknownCosts: UnknownCosts | undefined;
}

const Usd = z
  .string(`must be ${WANTED_USD}`)
  .refine((text) => milliCentsIn(text) !== undefined, `must be ${WANTED_USD}`)
  .transform((text) => milliCentsIn(text) as number);

const WANTED =
  'must be such as { "day": "5.00", "month": "100.00" }, in US dollars, with one of the two at least';

/** The budget of a gateway key, and the claim of a token. */
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
  /** The unparsed text if the variable has a fault of its own. */
  GATEWAY_KEYS?: unknown;
};

const UNKNOWN = ['BUDGET_UNKNOWN_IMAGE', 'BUDGET_UNKNOWN_VIDEO', 'BUDGET_UNKNOWN_TUNE'] as const;

const NO_HELD_KEY =
  'limits the spending of a held key, but there is none: set ASTRIA_AUTH_TOKEN, or leave it out';
const NEEDED =
  'must be set if there is a budget: it is the amount in US dollars that is reserved for what cannot be estimated';

/** Checks settings against each other. Returns the faults, each with its variable. */
export function budgetFaults(env: Settings): [name: string, message: string][] {
  const own = (['BUDGET_DAY', 'BUDGET_MONTH'] as const).filter((name) => env[name] !== undefined);
  const isOfKeys =
    Array.isArray(env.GATEWAY_KEYS) && env.GATEWAY_KEYS.some((key) => key?.budget !== undefined);
  const given = UNKNOWN.filter((name) => env[name] !== undefined);
  if (!heldToken(env)) return [...own, ...given].map((name) => [name, NO_HELD_KEY]);
  // If only tokens may bring budgets, all of these variables must be set or none.
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
