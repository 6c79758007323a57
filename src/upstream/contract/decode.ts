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

const brokenFields = new WeakMap<object, ReadonlySet<string>>();

/**
 * Whether a field of a row, or a part of it, was of another type than the contract's. Such a field reads as null, which is
 * nothing to go by where it decides who may see the row.
 */
export const isBroken = (row: object, field: string) => brokenFields.get(row)?.has(field) ?? false;

/** The whole truth, by zod alone: `decode` only spares the usual body the way. */
export function repair<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): Decoded<z.output<Schema>> {
  const root = { body };
  const faults = new Map<unknown, Set<string>>();
  let drift: Drift[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const result = schema.safeParse(root.body);
    if (result.success) {
      markBroken(root.body, result.data, faults);
      return { ok: true, value: result.data, drift };
    }
    const paths = result.error.issues.map((issue) => issue.path);
    if (paths.some((path) => path.length === 0)) break;
    // Later rounds only meet what this one left behind.
    if (round === 0) drift = [...new Set(paths.map(fieldOf))];
    for (const path of paths) noteFault(root.body, path, faults);
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

/** By the row as it came, whose place in a list may change. */
function noteFault(body: unknown, path: readonly PropertyKey[], faults: Map<unknown, Set<string>>) {
  const [row, field] = Array.isArray(body) ? [body[path[0] as number], path[1]] : [body, path[0]];
  if (field === undefined) return;
  const known = faults.get(row) ?? new Set();
  faults.set(row, known.add(String(field)));
}

/** Rows are read in their order. */
function markBroken(body: unknown, value: unknown, faults: ReadonlyMap<unknown, Set<string>>) {
  const rows = [value].flat();
  for (const [index, came] of [body].flat().entries()) {
    const fields = faults.get(came);
    const row = rows[index];
    if (fields && typeof row === 'object' && row !== null) brokenFields.set(row, fields);
  }
}

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
