/**
 * Rows as one serializer writes them: keys in one order, which is not ours; some rows lean, some fields there only where a row has
 * something to say, and nulls anywhere.
 */
import type { Random } from './random.ts';

export type Fields = Record<string, unknown>;

interface Shapes {
  random: Random;
  /** Every field that a row can have: those of the contract, and those that came to Astria after it. */
  names: readonly string[];
  /** The few that a lean row has. */
  lean: readonly string[];
  /** In every row, and never null. */
  required: readonly string[];
  /** Left out where a row has none. */
  conditional: readonly string[];
}

/** One row in so many is lean. */
const LEAN = 4;
/** One field in so many is null; and one conditional one in two is left out. */
const EMPTY = 9;

/** Gives a whole row the shape that is next. */
export function shaper({ random, names, lean, required, conditional }: Shapes) {
  const { below, shuffled } = random;
  const order = shuffled(names);
  return (row: Fields): Fields & { id: number } => {
    const isLean = below(LEAN) === 0;
    const isThere = (name: string) =>
      required.includes(name) ||
      ((!isLean || lean.includes(name)) && !(conditional.includes(name) && below(2) === 0));
    const found = (name: string) =>
      required.includes(name) || below(EMPTY) !== 0 ? row[name] : null;
    const shape = order.filter((name) => name in row && isThere(name));
    return Object.fromEntries(shape.map((name) => [name, found(name)])) as { id: number };
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
