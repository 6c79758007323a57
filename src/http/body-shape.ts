/**
 * Counts the values in a long body before it is parsed. A megabyte of brackets or ids takes far longer to parse than one of
 * text.
 */
import { refusal, TOO_LARGE } from './uploads/limits.ts';

/** Shorter bodies are not counted. */
const SHORT_BYTES = 20_000;
/** The most values: as many as a hundred inputs of a hundred fields. */
const MAX_VALUES = 10_000;
/** The longest body that is no JSON. The values of a form are encoded once more. */
const MAX_FORM_BYTES = 100_000;

const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);
const COMMA = ','.charCodeAt(0);
const LIST = '['.charCodeAt(0);
const OBJECT = '{'.charCodeAt(0);

export function checkValues(body: Uint8Array) {
  if (body.length < SHORT_BYTES) return;
  const found = countValues(body);
  if (found <= MAX_VALUES) return;
  throw refusal(
    `The body holds ${found} values, lists and objects, but at most ${MAX_VALUES} are allowed: ask for less at once.`,
    { name: 'bodyValues', max: MAX_VALUES, found },
    TOO_LARGE,
  );
}

export function checkForm({ length: found }: Uint8Array) {
  if (found <= MAX_FORM_BYTES) return;
  throw refusal(
    `The body is longer than ${MAX_FORM_BYTES} bytes: send it as JSON.`,
    { name: 'formBytes', max: MAX_FORM_BYTES, found },
    TOO_LARGE,
  );
}

/** Counts the characters behind which a value begins, outside of texts. */
function countValues(body: Uint8Array): number {
  let count = 1;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (byte === QUOTE) at = endOfText(body, at);
    else if (byte === COMMA || byte === LIST || byte === OBJECT) count++;
  }
  return count;
}

function endOfText(body: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < body.length && body[at] !== QUOTE) at += body[at] === BACKSLASH ? 2 : 1;
  return at;
}
