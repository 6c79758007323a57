/** Values in the text of a JSON document, told apart and stepped over without being read; or read. */

/** The kinds of values, as bits of a mask. */
export const KINDS = { text: 1, number: 2, flag: 4, null: 8, list: 16, object: 32 } as const;

export const [QUOTE, COMMA, COLON, LIST, LIST_END, OBJECT_END] = [34, 44, 58, 91, 93, 125];
const [OBJECT, BACKSLASH] = [123, 92];
const [PLUS, MINUS, DOT, ZERO, NINE, UPPER_E, E, F, N, T] = [
  43, 45, 46, 48, 57, 69, 101, 102, 110, 116,
];

/** The kind of the value that begins at `start`; 0 where none does. */
export function kindAt(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return KINDS.text;
  if ((first >= ZERO && first <= NINE) || first === MINUS) return KINDS.number;
  if (first === N) return KINDS.null;
  if (first === F || first === T) return KINDS.flag;
  if (first === LIST) return KINDS.list;
  return first === OBJECT ? KINDS.object : 0;
}

/** Where it ends; -1 where it does not. What texts, lists and objects hold is not looked at. */
export function endOf(text: string, start: number, kind: number): number {
  if (kind === KINDS.text) return endOfText(text, start);
  if (kind === KINDS.number) return endOfNumber(text, start);
  if (kind === KINDS.list) return endOfList(text, start);
  if (kind === KINDS.object) return endOfNested(text, start);
  const end = start + (text.charCodeAt(start) === F ? 5 : 4);
  const word = text.slice(start, end);
  return word === 'null' || word === 'true' || word === 'false' ? end : -1;
}

function endOfText(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (quote > 0 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote < 0 ? -1 : quote + 1;
}

function isEscaped(text: string, quote: number): boolean {
  let before = quote - 1;
  while (text.charCodeAt(before) === BACKSLASH) before--;
  return (quote - before) % 2 === 0;
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  for (; ; end++) {
    const code = text.charCodeAt(end);
    const isDigit = code >= ZERO && code <= NINE;
    if (isDigit || code === DOT || code === MINUS || code === PLUS) continue;
    if (code !== E && code !== UPPER_E) return end;
  }
}

/** Where a text begins there is one of these before its quote, and before one that does not end it there is the last. */
const BEFORE_QUOTES = [LIST, COMMA, COLON, OBJECT, BACKSLASH];

/**
 * A list of texts ends, as a rule, at the first bracket, which follows the quote that ends the last text. Where that text
 * ends a list within this one instead, whoever goes on from there meets one bracket too many before the end of all.
 */
function endOfList(text: string, start: number): number {
  const first = text.charCodeAt(start + 1);
  if (first === LIST_END) return start + 2;
  if (first !== QUOTE) return endOfNested(text, start);
  const end = text.indexOf(']', start + 1);
  const isAfterText =
    text.charCodeAt(end - 1) === QUOTE && !BEFORE_QUOTES.includes(text.charCodeAt(end - 2));
  return isAfterText && end > start ? end + 1 : endOfNested(text, start);
}

function endOfNested(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfText(text, at);
      if (at < 0) return -1;
      continue;
    }
    at++;
    if (code === LIST || code === OBJECT) depth++;
    else if ((code === LIST_END || code === OBJECT_END) && --depth === 0) return at;
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
