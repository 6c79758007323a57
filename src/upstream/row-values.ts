/** The values of a list of rows, each read when it is wanted. */
import * as z from 'zod';
import { BACKSLASH, LAST_ASCII, QUOTE } from '../json/characters.ts';
import { type Drift, decode } from './decode.ts';
import { deepFreeze } from './deep-freeze.ts';
import {
  endOf,
  isTrue,
  KINDS,
  kindAt,
  parseJson,
  quoteFrom,
  SHORT,
  wholeAt,
} from './json-value.ts';
import type { Starts } from './row-index.ts';

/** A body, and what its values are read with. */
export interface Source {
  body: Buffer;
  words: DataView;
  starts: Starts;
  /** What took a closer look, by its place among the starts: looked at once, and reported once. */
  closer: Map<number, unknown>;
  onDrift(field: Drift): void;
}

/** Longer ones are looked at closer, which is done once: under many names they would be made anew for each. */
const LONG_TEXT = 10_000;

/** A value that can be read without more ado: undefined where it is a list, an object, or a text that is long or has escapes. */
export function plain(body: Buffer, start: number): string | number | boolean | null | undefined {
  const kind = kindAt(body, start);
  if (kind === KINDS.text) return plainText(body, start + 1);
  if (kind === KINDS.null) return null;
  if (kind === KINDS.number) return numberAt(body, start);
  return kind === KINDS.flag ? isTrue(body, start) : undefined;
}

function plainText(body: Buffer, start: number): string | undefined {
  const near = start + SHORT;
  let at = start;
  for (; at < near; at++) {
    const byte = body[at] as number;
    if (byte === QUOTE) return body.latin1Slice(start, at);
    if (byte === BACKSLASH || byte > LAST_ASCII) break;
  }
  const end = quoteFrom(body, at);
  if (end - start > LONG_TEXT) return undefined;
  const value = body.toString('utf8', start, end);
  return value.includes('\\') ? undefined : value;
}

function numberAt(body: Buffer, start: number): number {
  const whole = wholeAt(body, start);
  if (whole >= 0) return whole;
  return Number(body.toString('latin1', start, endOf(body, start, KINDS.number)));
}

/** As `decode` reads a value: what is broken becomes null, and is reported. */
export function closerLook(name: string, schema: z.ZodType) {
  const Holder = z.object({ [name]: schema });
  return (source: Source, place: number): unknown => {
    const { body: bytes, starts, closer } = source;
    if (closer.has(place)) return closer.get(place);
    const start = starts[place] as number;
    const json = bytes.toString('utf8', start, endOf(bytes, start, kindAt(bytes, start)));
    const body = parseJson(json);
    const read = body === undefined ? undefined : decode(Holder, { [name]: body }, json);
    const { value: row, drift } = read?.ok ? read : { value: { [name]: null }, drift: [name] };
    for (const field of drift) source.onDrift(field);
    const value = deepFreeze(row[name]);
    closer.set(place, value);
    return value;
  };
}
