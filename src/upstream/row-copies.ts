/** Values copied from the body of a list of rows into an answer, where they look as `JSON.stringify` would have them. */

import { BACKSLASH, COLON, QUOTE } from '../json/characters.ts';
import type { Sink } from '../json/sink.ts';
import { hasQuoteOrEscape } from './four-bytes.ts';
import { DOT, digitOf, isDigit, isTrue, MINUS } from './json-value.ts';
import type { Source } from './row-values.ts';

const [T, Z] = [0x54, 0x5a];
const NULL = Buffer.from('null');
const [TRUE_BYTES, FALSE_BYTES] = ['true'.length, 'false'.length];

/** Writes a text that has no escapes. False, as of all of these, where nothing was written. In a body that is viewed all is UTF-8, and no text has control characters. */
export function copyText(source: Source, start: number, sink: Sink): boolean {
  const { body, words } = source;
  const { bytes, view } = sink;
  let { at } = sink;
  let from = start + 1;
  bytes[at++] = QUOTE;
  for (; from + 4 < body.length; from += 4, at += 4) {
    const word = words.getInt32(from, true);
    if (hasQuoteOrEscape(word)) break;
    view.setInt32(at, word, true);
  }
  for (; from < body.length; from++) {
    const byte = body[from] as number;
    bytes[at++] = byte;
    if (byte === QUOTE) {
      sink.at = at;
      return true;
    }
    if (byte === BACKSLASH) return false;
  }
  return false;
}

/** Days that a month always has, from January. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** As Astria writes nearly all of its times: `"2026-11-01T12:00:00.000Z"`. Others may be as sound. */
export function isPlainTime(body: Buffer, start: number): boolean {
  const at = start + 1;
  const days = DAYS[twoDigits(body, at + 5) - 1] ?? 0;
  const day = twoDigits(body, at + 8);
  return (
    twoDigits(body, at) >= 0 &&
    twoDigits(body, at + 2) >= 0 &&
    body[at + 4] === MINUS &&
    body[at + 7] === MINUS &&
    day >= 1 &&
    day <= days &&
    body[at + 10] === T &&
    isWithin(twoDigits(body, at + 11), 23) &&
    body[at + 13] === COLON &&
    isWithin(twoDigits(body, at + 14), 59) &&
    body[at + 16] === COLON &&
    isWithin(twoDigits(body, at + 17), 59) &&
    endsAsTime(body, at + 19)
  );
}

const isWithin = (value: number, max: number) => value >= 0 && value <= max;

/** -1 where they are none. */
function twoDigits(body: Buffer, at: number): number {
  const [tens, ones] = [body[at] as number, body[at + 1] as number];
  return isDigit(tens) && isDigit(ones) ? digitOf(tens) * 10 + digitOf(ones) : -1;
}

function endsAsTime(body: Buffer, start: number): boolean {
  let at = start;
  if (body[at] === DOT) {
    do at++;
    while (isDigit(body[at] as number));
    if (at === start + 1) return false;
  }
  return body[at] === Z && body[at + 1] === QUOTE;
}

/** A whole number, where `wholeAt` has found one. */
export function copyDigits({ body }: Source, start: number, sink: Sink): boolean {
  let end = start;
  while (isDigit(body[end] as number)) end++;
  sink.raw(body, start, end);
  return true;
}

export function copyFlag({ body }: Source, start: number, sink: Sink): boolean {
  sink.raw(body, start, start + (isTrue(body, start) ? TRUE_BYTES : FALSE_BYTES));
  return true;
}

export function copyNull(sink: Sink): boolean {
  sink.raw(NULL, 0, NULL.length);
  return true;
}
