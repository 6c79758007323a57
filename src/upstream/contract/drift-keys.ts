import type * as z from 'zod';

type Row = Record<string, unknown>;

/** How long a field has stood in every row that was looked at, and for how long it has been missing since. */
interface Presence {
  stood: number;
  missing: number;
}

/** From here on a field counts as one that is always there: Astria may leave out nearly any. */
const ALWAYS_ROWS = 100;
/** In none of so many rows in a row, it has gone, and is not just left out. */
const GONE_ROWS = 5;

/**
 * Which keys the rows of one route have, by the answers that are looked at: whether new ones are in any of them, or in what is
 * in them; whether any that a row should have is gone from all.
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
    // Who polls one row would make its own habits look like those of the route.
    const isSame = first.id === this.#lastId;
    this.#lastId = first.id;
    return { appeared, vanished: isSame ? [] : this.#missingFrom(rows, first) };
  }

  #missingFrom(rows: readonly Row[], first: Row): string[] {
    const vanished: string[] = [];
    for (const [key, presence] of this.#presence) {
      const wasAlways = presence.stood >= ALWAYS_ROWS;
      // All rows are gone through only for what was always there.
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

/** What comes back before it has gone for good was never always there. */
function note(presence: Presence) {
  if (presence.missing > 0 && presence.missing < GONE_ROWS) presence.stood = 0;
  presence.stood++;
  presence.missing = 0;
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;

/** Those that the schema does not name, deeper ones with their path: `tune.mood`. Of what may have any keys there are none. */
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

/** None where rows may have any keys, or are none. */
function keysOf(schema: z.core.$ZodType): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'array') return keysOf(def.element);
  if (def.type === 'pipe') return keysOf(def.in);
  return def.type === 'object' ? Object.keys(def.shape) : [];
}
