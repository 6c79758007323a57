/**
 * The length of an answer in JSON. A plan estimates it while it runs: the characters of names and texts, and `OVERHEAD` for
 * each value. The exact bytes are counted only if the estimate is near the limit.
 */

import { eachPart } from './each-part.ts';

/** The characters that a value adds to its text: the quotes, colon and comma of a field, or a number. */
export const OVERHEAD = 8;

/** Returns the most bytes that an answer of this size can have. A control character takes six: `\u0001`. */
export const atMostBytes = (size: number): number => size * 6;

/** Returns the size of a value that was not made by a plan, with everything in it. */
export const sizeOf = (value: unknown): number =>
  typeof value === 'string' ? value.length : measure(value, lengthOf);

/** Returns the bytes of the value as JSON in UTF-8. Numbers are counted a little too long. */
export const countBytes = (data: object): number => measure(data, bytesOf);

const lengthOf = (text: string) => text.length;

function measure(value: unknown, textSize: (text: string) => number): number {
  let size = 0;
  eachPart(value, (part, name) => {
    size += OVERHEAD + name.length + (typeof part === 'string' ? textSize(part) : 0);
  });
  return size;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const ESCAPED = /[\0-\x1f"\\]/;
const [SPACE, QUOTE, BACKSLASH] = [32, 34, 92];

function bytesOf(text: string): number {
  const bytes = Buffer.byteLength(text);
  // Half a surrogate pair is written as an escape too.
  if (!ESCAPED.test(text) && text.isWellFormed()) return bytes;
  let more = text.isWellFormed() ? 0 : 3 * (text.match(/\p{Surrogate}/gu)?.length ?? 0);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < SPACE) more += 5;
    else if (code === QUOTE || code === BACKSLASH) more += 1;
  }
  return bytes + more;
}
