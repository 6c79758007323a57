/**
 * The building blocks of the zod schemas of Astria's answers. They are strict about types, and accept that a field is missing.
 */
import * as z from 'zod';

/** The id of a row: the one field that is always there. */
export const id = z.int().positive();

export const text = z.string().nullish();
/** A number that the graph returns as an `Int`, which has 32 bits. */
export const int = z.int32().nullish();
/** A number that the graph returns as a `SafeInt`: seeds and money. */
export const bigInt = z.int().nullish();
export const float = z.number().nullish();
export const flag = z.boolean().nullish();

/**
 * A web address. Other schemes are refused, so that no `javascript:` URL reaches a client's `href`. The text is passed on
 * unchanged.
 */
const webUrl = z.url({ protocol: /^https?$/ });
export const url = webUrl.nullish();

/** A web address in a list. Rails' attachments wrap it in an object: `{ "id": 1, "url": "https://…" }`. */
export const listedUrl = z.union([
  webUrl,
  z.object({ url: webUrl }).transform((attachment) => attachment.url),
]);
export const urls = z.array(listedUrl).nullish();

/** An ISO 8601 time, kept as Astria's own text. */
export const time = z.iso.datetime({ offset: true }).nullish();

/** A decimal number. Rails sends decimal columns as texts: `"3.0"`, `3` and null all occur. */
export const decimal = z
  .union([z.number(), z.string().trim().min(1).transform(Number).pipe(z.number())])
  .nullish();

/** A field that nobody reads. */
export const unread = z.unknown();

/**
 * The deepest nesting of free objects, which is what a client may send. Deeper values would overflow the stack of recursive
 * functions.
 */
const MAX_LEVELS = 100;

const isShallow = (value: unknown, levels = MAX_LEVELS): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels >= 0 && Object.values(value).every((item) => isShallow(item, levels - 1)));

/** An object with keys and values of Astria's users. It is passed through unchanged. */
export const freeObject = z
  .record(z.string(), z.unknown())
  .refine((object) => isShallow(object), `nested more than ${MAX_LEVELS} levels deep`)
  .nullish();
