import type * as z from 'zod';
import { REFUSED, readerOf } from './compiled.ts';

/** A place where Astria's answer departs from the contract, e.g. `images.1`; list positions are left out. */
export type Drift = string;

export type Decoded<T> = { ok: true; value: T; drift: Drift[] } | { ok: false; detail: string };

/** More rounds than any answer is deep; each round repairs every fault found in the one before. */
const MAX_ROUNDS = 12;

/**
 * Reads `body` by `schema`, giving up only what is broken. A value of the wrong type becomes null; where null
 * does not fit either, it is left out; where it cannot be left out (an id), its owner goes the same way.
 * Fails when that reaches the whole body. The value is of exactly the schema's type, whichever way it was read; what is
 * broken in `body` is repaired in place.
 */
export function decode<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): Decoded<z.output<Schema>> {
  const value = readerOf(schema)(body);
  if (value === REFUSED) return repair(schema, body);
  return { ok: true, value: value as z.output<Schema>, drift: [] };
}

/** The whole truth, by zod alone: `decode` only spares the usual body the way. */
export function repair<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): Decoded<z.output<Schema>> {
  const root = { body };
  let drift: Drift[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const result = schema.safeParse(root.body);
    if (result.success) return { ok: true, value: result.data, drift };
    const paths = result.error.issues.map((issue) => issue.path);
    if (paths.some((path) => path.length === 0)) break;
    // Later rounds only meet what this one left behind.
    if (round === 0) drift = [...new Set(paths.map(fieldOf))];
    // Last first, so that taking an element out of a list moves none that is still to be mended.
    for (const path of paths.reverse()) giveUp(root, ['body', ...path]);
  }
  return {
    ok: false,
    detail: drift.length > 0 ? `broken at ${drift.join(', ')}` : 'of another kind',
  };
}

const fieldOf = (path: readonly PropertyKey[]): Drift =>
  path.filter((key) => typeof key === 'string').join('.');

type Container = Record<PropertyKey, unknown>;

function giveUp(root: Container, path: readonly PropertyKey[]) {
  let owner = root;
  for (const key of path.slice(0, -1)) {
    const next = owner[key];
    // An earlier repair of this round has already taken the whole owner out.
    if (next === null || typeof next !== 'object') return;
    owner = next as Container;
  }
  const key = path.at(-1) as PropertyKey;
  if (owner[key] !== null && owner[key] !== undefined) owner[key] = null;
  else if (Array.isArray(owner)) owner.splice(key as number, 1);
  else if (Object.hasOwn(owner, key)) delete owner[key];
  else giveUp(root, path.slice(0, -1));
}
