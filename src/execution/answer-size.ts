/**
 * How long an answer will be when it is written. Plans count its size while they make it: the characters of names and
 * texts, and `OVERHEAD` for each value. Where that may be too much, the bytes are counted.
 */

import { eachPart } from './each-part.ts';

/** Quotes, colon and comma of a field, or what a number and its like take. */
export const OVERHEAD = 8;

/** A control character takes the most: `\u0001`. */
export const atMostBytes = (size: number): number => size * 6;

/** The size of a value that a plan has not made itself, all that is in it included. */
export const sizeOf = (value: unknown): number =>
  typeof value === 'string' ? value.length : measure(value, lengthOf);

/** As JSON in UTF-8; some more where there are numbers. */
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
  // Half a character is written as an escape too.
  if (!ESCAPED.test(text) && text.isWellFormed()) return bytes;
  let more = text.isWellFormed() ? 0 : 3 * (text.match(/\p{Surrogate}/gu)?.length ?? 0);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < SPACE) more += 5;
    else if (code === QUOTE || code === BACKSLASH) more += 1;
  }
  return bytes + more;
}
