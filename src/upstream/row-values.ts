/** The values of a list of rows, each read when it is wanted. */
import * as z from 'zod';
import { type Drift, decode } from './decode.ts';
import { deepFreeze } from './deep-freeze.ts';
import { COMMA, endOf, KINDS, kindAt, OBJECT_END, parseJson } from './json-value.ts';
import type { Piece } from './row-index.ts';

/** Some rows of a body, and what their values are read with. */
export interface Source extends Piece {
  /** The body, where not all of it is ASCII. */
  bytes: Buffer | undefined;
  hasEscapes: boolean;
  /** What took a closer look, by its place among the starts: looked at once, and reported once. */
  closer: Map<number, unknown>;
  onDrift(field: Drift): void;
}

/** A value that can be read without more ado: undefined where it is a list, an object, or a text with escapes. */
export function plain(source: Source, start: number): string | number | boolean | null | undefined {
  const { text } = source;
  const kind = kindAt(text, start);
  if (kind === KINDS.text) return plainText(source, start + 1);
  if (kind === KINDS.null) return null;
  if (kind === KINDS.number) return numberAt(text, start);
  return kind === KINDS.flag ? text.charCodeAt(start) === TRUE : undefined;
}

const TRUE = 't'.charCodeAt(0);

function plainText(source: Source, start: number) {
  const { text, bytes, hasEscapes } = source;
  const end = text.indexOf('"', start);
  const value = text.slice(start, end);
  if (hasEscapes && value.includes('\\')) return undefined;
  return !bytes || isPlain(value) ? value : decoded(source, start, end);
}

const decoded = ({ bytes, text, from }: Source, start: number, end: number): string =>
  bytes ? bytes.toString('utf8', from + start, from + end) : text.slice(start, end);

/** A look at each character, where that is quicker than to decode them. */
function isPlain(text: string): boolean {
  if (text.length > 100) return false;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return false;
  return true;
}

const [ZERO, NINE, MOST_DIGITS] = [48, 57, 15];

function numberAt(text: string, start: number): number {
  let value = 0;
  for (let at = start; at < start + MOST_DIGITS; at++) {
    const code = text.charCodeAt(at);
    if (code < ZERO || code > NINE) {
      if (code === COMMA || code === OBJECT_END) return value;
      break;
    }
    value = value * 10 + code - ZERO;
  }
  return Number(text.slice(start, endOf(text, start, KINDS.number)));
}

/** As `decode` reads a value: what is broken becomes null, and is reported. */
export function closerLook(name: string, schema: z.ZodType) {
  const Holder = z.object({ [name]: schema });
  return (source: Source, place: number): unknown => {
    const { text, starts, closer } = source;
    if (closer.has(place)) return closer.get(place);
    const start = starts[place] as number;
    const end = endOf(text, start, kindAt(text, start));
    const json = decoded(source, start, end);
    const body = parseJson(json);
    const read = body === undefined ? undefined : decode(Holder, { [name]: body }, json);
    const { value: row, drift } = read?.ok ? read : { value: { [name]: null }, drift: [name] };
    for (const field of drift) source.onDrift(field);
    const value = deepFreeze(row[name]);
    closer.set(place, value);
    return value;
  };
}
