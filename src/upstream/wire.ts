/** The building blocks of every zod schema of Astria's answers: strict about types, silent about absence. */
import * as z from 'zod';

/** Always sent, and the one field no object can do without. */
export const id = z.int().positive();

export const text = z.string().nullish();
/** What goes out as an `Int`, which has 32 bits. */
export const int = z.int32().nullish();
/** What goes out as a `SafeInt`: seeds and money. */
export const bigInt = z.int().nullish();
export const float = z.number().nullish();
export const flag = z.boolean().nullish();

/** Web addresses only: a `javascript:` URL must not reach a client's `href`. Passed on byte for byte, never normalised. */
const webUrl = z.url({ protocol: /^https?$/ });
export const url = webUrl.nullish();

/** An address in a list, which may stand in an object, as attachments of Rails do: `{ "id": 1, "url": "https://…" }`. */
export const listedUrl = z.union([
  webUrl,
  z.object({ url: webUrl }).transform((attachment) => attachment.url),
]);
export const urls = z.array(listedUrl).nullish();

/** ISO 8601; kept as Astria's own string. */
export const time = z.iso.datetime({ offset: true }).nullish();

/** A number that Rails sends as a string when its column is a decimal: `"3.0"`, `3` and null are all seen. */
export const decimal = z
  .union([z.number(), z.string().trim().min(1).transform(Number).pipe(z.number())])
  .nullish();

/** What an answer holds that nobody reads. */
export const unread = z.unknown();

/** As deep as a client may send it. What is nested deeper could not be gone through by what calls itself for each level. */
const MAX_LEVELS = 100;

const isShallow = (value: unknown, levels = MAX_LEVELS): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels >= 0 && Object.values(value).every((item) => isShallow(item, levels - 1)));

/** Keys and values that belong to Astria's users: passed through untouched. */
export const freeObject = z
  .record(z.string(), z.unknown())
  .refine((object) => isShallow(object), `nested more than ${MAX_LEVELS} levels deep`)
  .nullish();
