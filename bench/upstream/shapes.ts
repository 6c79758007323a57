/** No two rows need be alike: what may be missing is at times, what may be null is, and keys come in any of a few orders. */
import { type Random, range } from './random.ts';

export type Fields = Record<string, unknown>;

interface Shapes {
  random: Random;
  /** Every field that a row can have: those of the contract, and those that came to Astria after it. */
  names: readonly string[];
  /** The few that a lean row has. */
  lean: readonly string[];
  /** In every row, and never null. */
  required: readonly string[];
}

/** As many as there are versions of a serializer about, say. */
const ORDERS = 7;
/** One row in so many is lean. */
const LEAN = 4;
/** Of the fields that need not be there, one in so many. */
const MISSING = 7;
const EMPTY = 9;

/** Gives a whole row the shape that is next. */
export function shaper({ random, names, lean, required }: Shapes) {
  const { below, pick, shuffled } = random;
  const orders = range(ORDERS).map(() => shuffled(names));
  const isOften = (oneIn: number) => below(oneIn) !== 0;
  return (row: Fields): Fields & { id: number } => {
    const isLean = below(LEAN) === 0;
    const isThere = (name: string) =>
      required.includes(name) || ((!isLean || lean.includes(name)) && isOften(MISSING));
    const found = (name: string) => (required.includes(name) || isOften(EMPTY) ? row[name] : null);
    const order = pick(orders).filter((name) => name in row && isThere(name));
    return Object.fromEntries(order.map((name) => [name, found(name)])) as { id: number };
  };
}

const ESCAPES: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON as Rails writes it unless it is told otherwise: fit to stand within a page of HTML. */
export const writeAsRails = (body: unknown): string =>
  JSON.stringify(body).replaceAll(/[<>&\u2028\u2029]/g, (found) => ESCAPES[found] ?? found);
