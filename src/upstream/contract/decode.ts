import type * as z from 'zod';
import { REFUSED, readerOf } from './compiled.ts';

/** A path at which Astria's answer departs from the contract, such as `images.url`. Positions in lists are left out. */
export type Drift = string;

export type Decoded<T> = { ok: true; value: T; drift: Drift[] } | { ok: false; detail: string };

/** More rounds than any answer is deep. Each round repairs all faults that the one before has exposed. */
const MAX_ROUNDS = 12;

/**
 * Decodes `body` by `schema` and gives up only what is broken. A field of the wrong type becomes undefined, which JSON cannot
 * say: `isBroken`. If the field must be there (an id), its owner is given up. An element of a list becomes null, or is removed if
 * it must not be null. Fails if that reaches the whole body. The result has exactly the schema's type, and `body` is repaired in
 * place.
 */
export function decode<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): Decoded<z.output<Schema>> {
  const value = readerOf(schema)(body);
  if (value === REFUSED) return repair(schema, body);
  return { ok: true, value: value as z.output<Schema>, drift: [] };
}

/**
 * Returns whether a field of a row had another type than the contract's. Such a field is there and undefined. It must not
 * decide who may see the row.
 */
export const isBroken = (row: object, field: string) =>
  Object.hasOwn(row, field) && (row as Container)[field] === undefined;

/** Decodes by zod alone. `decode` takes the shorter way for valid bodies. */
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
    // Later rounds only find what this one left behind.
    if (round === 0) drift = [...new Set(paths.map(fieldOf))];
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
  if (Array.isArray(owner)) giveUpElement(root, path, owner);
  else if (owner[key] !== undefined) owner[key] = undefined;
  // Undefined is not allowed here, but absence may be: in a record.
  else if (Object.hasOwn(owner, key)) delete owner[key];
  else giveUp(root, path.slice(0, -1));
}

function giveUpElement(root: Container, path: readonly PropertyKey[], list: unknown[]) {
  const index = path.at(-1) as number;
  if (list[index] !== null) list[index] = null;
  else list.splice(index, 1);
  // A list of a row that has lost all elements is broken. An empty list would be Astria's word that there are none.
  const isOfRow = path.length > 2;
  if (isOfRow && list.length === 0) giveUp(root, path.slice(0, -1));
}
