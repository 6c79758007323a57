/** What a long body holds, counted before it is parsed: a megabyte of brackets, or of ids, takes far longer than one of text. */
import { refusal, TOO_LARGE } from './uploads/limits.ts';

/** Below that nothing takes long, and nothing is counted. */
const SHORT_BYTES = 20_000;
/** As many as a hundred inputs of a hundred fields. */
const MAX_VALUES = 10_000;
/** Of anything but JSON: forms, whose values are packed once more. */
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
    `The body holds ${found} values, lists and objects, where ${MAX_VALUES} are allowed: ask for less at once.`,
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

/** Each begins behind one of these; texts are stepped over. */
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
