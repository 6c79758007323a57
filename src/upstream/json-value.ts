/** Values in the bytes of a JSON document, told apart and stepped over without being read; or read. */

import {
  BACKSLASH,
  COLON,
  COMMA,
  LIST,
  LIST_END,
  OBJECT,
  OBJECT_END,
  QUOTE,
} from '../json/characters.ts';

/** The kinds of values, as bits of a mask. */
export const KINDS = { text: 1, number: 2, flag: 4, null: 8, list: 16, object: 32 } as const;

export const [MINUS, DOT] = [45, 46];
const [PLUS, ZERO, NINE, UPPER_E, E] = [43, 48, 57, 69, 101];
const bytesOf = (word: string) => new TextEncoder().encode(word);
const [NULL, TRUE, FALSE] = [bytesOf('null'), bytesOf('true'), bytesOf('false')] as const;

export const isDigit = (byte: number) => byte >= ZERO && byte <= NINE;
export const digitOf = (byte: number) => byte - ZERO;

/** The kind of the value that begins at `start`; 0 where none does. */
export function kindAt(body: Buffer, start: number): number {
  const first = body[start] as number;
  if (first === QUOTE) return KINDS.text;
  if (isDigit(first) || first === MINUS) return KINDS.number;
  if (first === NULL[0]) return KINDS.null;
  if (first === FALSE[0] || first === TRUE[0]) return KINDS.flag;
  if (first === LIST) return KINDS.list;
  return first === OBJECT ? KINDS.object : 0;
}

export const isNull = (body: Buffer, start: number) => body[start] === NULL[0];
export const isTrue = (body: Buffer, start: number) => body[start] === TRUE[0];

/** Where it ends; -1 where it does not. What texts, lists and objects hold is not looked at. */
export function endOf(body: Buffer, start: number, kind: number): number {
  if (kind === KINDS.text) return endOfText(body, start);
  if (kind === KINDS.number) return endOfNumber(body, start);
  if (kind === KINDS.list) return endOfList(body, start);
  if (kind === KINDS.object) return endOfNested(body, start);
  if (kind === KINDS.null) return endOfWord(body, start, NULL);
  return endOfWord(body, start, isTrue(body, start) ? TRUE : FALSE);
}

function endOfWord(body: Buffer, start: number, word: Uint8Array): number {
  for (let index = 0; index < word.length; index++) {
    if (body[start + index] !== word[index]) return -1;
  }
  return start + word.length;
}

/** To call for a search costs as much as to go through so many bytes, which is longer than most texts are. */
export const SHORT = 48;

/** Where the next quote is; -1 where none is. */
export function quoteFrom(body: Buffer, start: number): number {
  const near = start + SHORT;
  for (let at = start; at < near; at++) if (body[at] === QUOTE) return at;
  return body.indexOf(QUOTE, near);
}

function endOfText(body: Buffer, start: number): number {
  let quote = quoteFrom(body, start + 1);
  while (quote > 0 && isEscaped(body, quote)) quote = quoteFrom(body, quote + 1);
  return quote < 0 ? -1 : quote + 1;
}

function isEscaped(body: Buffer, quote: number): boolean {
  let before = quote - 1;
  while (body[before] === BACKSLASH) before--;
  return (quote - before) % 2 === 0;
}

function endOfNumber(body: Buffer, start: number): number {
  for (let end = start + 1; end < body.length; end++) {
    const byte = body[end] as number;
    if (isDigit(byte) || byte === DOT || byte === MINUS || byte === PLUS) continue;
    if (byte !== E && byte !== UPPER_E) return end;
  }
  return -1;
}

/** More of them may be more than a number holds. */
const MOST_DIGITS = 15;

/** A whole number, written as JavaScript would write it; -1 where another one stands there. */
export function wholeAt(body: Buffer, start: number): number {
  if (body[start] === ZERO && isDigit(body[start + 1] as number)) return -1;
  let value = 0;
  for (let at = start; at <= start + MOST_DIGITS; at++) {
    const byte = body[at] as number;
    if (!isDigit(byte)) return byte === COMMA || byte === OBJECT_END ? value : -1;
    value = value * 10 + digitOf(byte);
  }
  return -1;
}

/** Where a text begins there is one of these before its quote, and before one that does not end it there is the last. */
const BEFORE_QUOTES = [LIST, COMMA, COLON, OBJECT, BACKSLASH];

/**
 * A list of texts ends, as a rule, at the first bracket, which follows the quote that ends the last text. Where that text
 * ends a list within this one instead, whoever goes on from there meets one bracket too many before the end of all.
 */
function endOfList(body: Buffer, start: number): number {
  const first = body[start + 1];
  if (first === LIST_END) return start + 2;
  if (first !== QUOTE) return endOfNested(body, start);
  const end = body.indexOf(LIST_END, start + 1);
  const isAfterText = body[end - 1] === QUOTE && !BEFORE_QUOTES.includes(body[end - 2] as number);
  return isAfterText && end > start ? end + 1 : endOfNested(body, start);
}

function endOfNested(body: Buffer, start: number): number {
  let depth = 0;
  let at = start;
  while (at < body.length) {
    const byte = body[at];
    if (byte === QUOTE) {
      at = endOfText(body, at);
      if (at < 0) return -1;
      continue;
    }
    at++;
    if (byte === LIST || byte === OBJECT) depth++;
    else if ((byte === LIST_END || byte === OBJECT_END) && --depth === 0) return at;
  }
  return -1;
}

/** Undefined where the text is not JSON, an empty one included. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
