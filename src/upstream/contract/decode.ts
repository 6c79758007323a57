import type * as z from 'zod';
import { REFUSED, readerOf } from './compiled.ts';

/** A path at which Astria's answer departs from the contract, such as `images.url`. Positions in lists are left out. */
export type Drift = string;

export type Decoded<T> = { ok: true; value: T; drift: Drift[] } | { ok: false; detail: string };

/** More rounds than any answer is deep. Each round repairs all faults that the one before has exposed. */
const MAX_ROUNDS = 12;

/**
 * Decodes `body` by `schema` and gives up only what is broken. A value of the wrong type becomes null. If null is not allowed,
 * the value is removed. If it cannot be removed (an id), its owner is. Fails if that reaches the whole body. The result has
 * exactly the schema's type, and `body` is repaired in place.
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
 * Returns whether a field of a row, or a part of it, had another type than the contract's. Such a field reads as null, which
 * must not decide who may see the row.
 */
export const isBroken = (row: object, field: string) => brokenFields.get(row)?.has(field) ?? false;

/** Decodes by zod alone. `decode` takes the shorter way for valid bodies. */
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
    // Later rounds only find what this one left behind.
    if (round === 0) drift = [...new Set(paths.map(fieldOf))];
    for (const path of paths) noteFault(root.body, path, faults);
    // The last path comes first, so that removing an element from a list does not move one that is still to be repaired.
    for (const path of paths.reverse()) giveUp(root, ['body', ...path]);
  }
  return {
    ok: false,
    detail: drift.length > 0 ? `broken at ${drift.join(', ')}` : 'of another kind',
  };
}

const fieldOf = (path: readonly PropertyKey[]): Drift =>
  path.filter((key) => typeof key === 'string').join('.');

/** Records a fault by the row itself, because its position in the list may change. */
function noteFault(body: unknown, path: readonly PropertyKey[], faults: Map<unknown, Set<string>>) {
  const [row, field] = Array.isArray(body) ? [body[path[0] as number], path[1]] : [body, path[0]];
  if (field === undefined) return;
  const known = faults.get(row) ?? new Set();
  faults.set(row, known.add(String(field)));
}

/** Finds the decoded rows of the broken ones. Both are in the same order. */
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
    // An earlier repair of this round has removed the owner.
    if (next === null || typeof next !== 'object') return;
    owner = next as Container;
  }
  const key = path.at(-1) as PropertyKey;
  if (owner[key] !== null && owner[key] !== undefined) owner[key] = null;
  else if (Array.isArray(owner)) owner.splice(key as number, 1);
  else if (Object.hasOwn(owner, key)) delete owner[key];
  else giveUp(root, path.slice(0, -1));
}
