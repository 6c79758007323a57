/** What the code of a compiled check calls while it runs. */
import * as z from 'zod';

type Container = Record<PropertyKey, unknown>;

/**
 * Something to write into the body, or to take out of it, once all of it has been taken. Not before: what is not
 * taken goes to zod as it came.
 */
export interface Change {
  owner: Container;
  key: PropertyKey;
  value: unknown;
}

/** The value of what is taken out. */
export const GONE = Symbol('gone');

export function applyChanges(changes: readonly Change[]) {
  for (const { owner, key, value } of changes) {
    if (value === GONE) delete owner[key];
    else owner[key] = value;
  }
}

/**
 * Asks zod about the value of one field. The last text and how it reads are remembered, since a decimal is often the
 * same in row after row; so a schema has to read the same text in the same way.
 */
export function asker(schema: z.core.$ZodType) {
  let last: { text: string; reading: unknown } | undefined;
  return (owner: Container, key: PropertyKey, changes: Change[]): boolean => {
    const value = owner[key];
    let reading = last?.reading;
    if (last === undefined || last.text !== value) {
      const result = z.safeParse(schema, value);
      if (!result.success) return false;
      reading = result.data;
      // An object may not stand in two rows.
      if (typeof value === 'string' && typeof reading !== 'object') last = { text: value, reading };
    }
    if (!Object.is(reading, value)) changes.push({ owner, key, value: reading });
    return true;
  };
}

/** Keys are for zod to look at where one is `__proto__`, which it drops, or where some are inherited. */
export const hasPlainKeys = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.getPrototypeOf(value) === Object.prototype &&
  !Object.hasOwn(value, '__proto__');
