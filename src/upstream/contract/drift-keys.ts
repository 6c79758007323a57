import type * as z from 'zod';

type Row = Record<string, unknown>;

/** In how many consecutive rows a field was present, and in how many it has been missing since. */
interface Presence {
  stood: number;
  missing: number;
}

/** A field that was in this many rows counts as always present. Astria may leave out nearly any field. */
const ALWAYS_ROWS = 100;
/** After this many rows without it, a field counts as gone rather than left out. */
const GONE_ROWS = 5;

/**
 * Tracks which keys the rows of one route have: keys that are new, at any depth, and keys that were always there and are gone.
 */
export class RowKeys {
  readonly #schema: z.ZodType;
  readonly #presence = new Map<string, Presence>();
  #lastId: unknown;

  constructor(schema: z.ZodType) {
    this.#schema = schema;
    for (const key of keysOf(schema)) this.#presence.set(key, { stood: 0, missing: 0 });
  }

  look(body: unknown): { appeared: string[]; vanished: string[] } {
    const rows = [body].flat().filter(isRow);
    const [first] = rows;
    if (!first) return { appeared: [], vanished: [] };
    const appeared = [...new Set(newKeysIn(body, this.#schema))];
    // Repeated reads of one row would make its own keys look like those of the route.
    const isSame = first.id === this.#lastId;
    this.#lastId = first.id;
    return { appeared, vanished: isSame ? [] : this.#missingFrom(rows, first) };
  }

  #missingFrom(rows: readonly Row[], first: Row): string[] {
    const vanished: string[] = [];
    for (const [key, presence] of this.#presence) {
      const wasAlways = presence.stood >= ALWAYS_ROWS;
      // All rows are searched only for keys that were always there.
      const isThere = key in first || (wasAlways && rows.some((row) => key in row));
      if (isThere) note(presence);
      else if (!wasAlways) presence.stood = 0;
      else {
        presence.missing += rows.length;
        if (presence.missing >= GONE_ROWS) vanished.push(key);
      }
    }
    return vanished;
  }
}

/** A field that comes back before it counts as gone was not always there. */
function note(presence: Presence) {
  if (presence.missing > 0 && presence.missing < GONE_ROWS) presence.stood = 0;
  presence.stood++;
  presence.missing = 0;
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;

/**
 * Yields the keys that the schema does not name, nested ones with their path: `tune.mood`. Objects with free keys have none.
 */
function* newKeysIn(value: unknown, schema: z.core.$ZodType, path = ''): Generator<string> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'pipe') yield* newKeysIn(value, def.in, path);
  if (def.type === 'optional' || def.type === 'nullable')
    yield* newKeysIn(value, def.innerType, path);
  if (def.type === 'array' && Array.isArray(value)) {
    for (const item of value) yield* newKeysIn(item, def.element, path);
  }
  if (def.type !== 'object' || def.catchall || !isRow(value)) return;
  for (const [key, part] of Object.entries(value)) {
    const known = Object.hasOwn(def.shape, key) ? def.shape[key] : undefined;
    if (known) yield* newKeysIn(part, known, `${path}${key}.`);
    else yield `${path}${key}`;
  }
}

/** Returns the keys of an object schema. Returns none if rows may have any keys, or are no objects. */
function keysOf(schema: z.core.$ZodType): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'array') return keysOf(def.element);
  if (def.type === 'pipe') return keysOf(def.in);
  return def.type === 'object' ? Object.keys(def.shape) : [];
}
