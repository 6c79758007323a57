/**
 * Where the values of a list of rows stand in its JSON, found without reading them. Rows of one list are nearly alike, so
 * each is compared with the first: what lies between two values that differ is one comparison, however many fields it
 * holds.
 */

import { COLON, COMMA, LIST, LIST_END, OBJECT, OBJECT_END, QUOTE } from '../json/characters.ts';
import { ESCAPED, endOfPlainText } from './four-bytes.ts';
import { endOf, KINDS, kindAt } from './json-value.ts';

export interface Column {
  name: string;
  /** Which kinds of values it may hold. */
  kinds: number;
}

/** For each row, and in it for each column: where in the body its value begins, 0 where the row has none; then its length. */
export type Starts = Uint32Array;

/** Of some two thousand rows: longer lists, which Astria does not give, are parsed. */
const scratch = new Uint32Array(2 ** 16);

/** Columns of one kind of row, and what has been learned of its lists. */
export class Columns {
  readonly all: readonly Column[];
  /** Which have been seen to differ within a list; nothing of what stood in them. */
  readonly differing: boolean[];
  readonly #byName: ReadonlyMap<string, number>;

  constructor(all: readonly Column[]) {
    this.all = all;
    this.differing = all.map(() => false);
    this.#byName = new Map(all.map(({ name }, index) => [name, index]));
  }

  /** How many numbers there are for each row. */
  get width() {
    return this.all.length + 1;
  }

  indexOf(name: string): number {
    return this.#byName.get(name) ?? UNKNOWN;
  }
}

const UNKNOWN = -1;

/**
 * Undefined where anything is unusual: white space between tokens, a value of a kind that its column does not hold, what
 * is no list of objects, or no JSON at all. Within texts, lists and objects nothing is looked at: what is wrong there is
 * left for their reader to find.
 */
export function indexRows(body: Buffer, columns: Columns): Starts | undefined {
  if (body.length === 2 && body.toString() === '[]') return new Uint32Array();
  const rows = new Walk(body, columns).rows();
  return rows === undefined ? undefined : scratch.slice(0, rows * columns.width);
}

/** A field of the first row. */
interface Field {
  column: number;
  /** Where what leads to its value begins: `,"title":`. */
  from: number;
  start: number;
  end: number;
  /** Whether it is read by itself in each row. */
  differs: boolean;
}

/** What leads to the next value that differs: keys, and the values that are the same in all rows. */
interface Stretch {
  from: number;
  length: number;
  /** The field whose value follows, or how many there are where none does. */
  next: number;
}

class Walk {
  readonly #body: Buffer;
  readonly #words: DataView;
  readonly #columns: Columns;
  /** Of the first row. */
  readonly #fields: Field[] = [];
  /** By the field that they begin with. */
  #stretches: (Stretch | undefined)[] = [];
  #base = 0;
  #at = 0;

  constructor(body: Buffer, columns: Columns) {
    this.#body = body;
    this.#words = new DataView(body.buffer, body.byteOffset, body.length);
    this.#columns = columns;
  }

  /** How many there are. */
  rows(): number | undefined {
    const body = this.#body;
    const { width } = this.#columns;
    if (body[0] !== LIST) return undefined;
    for (let next = LIST; next !== LIST_END; this.#base += width) {
      const isRoom = this.#base + width <= scratch.length;
      if (!isRoom || body[this.#at + 1] !== OBJECT) return undefined;
      const start = ++this.#at;
      scratch.fill(0, this.#base, this.#base + width);
      const isWhole = this.#fields.length === 0 ? this.#byName(true) : this.#likeTheFirst();
      next = body[++this.#at] as number;
      scratch[this.#base + width - 1] = this.#at - start;
      if (!isWhole || (next !== COMMA && next !== LIST_END)) return undefined;
    }
    return this.#at + 1 === body.length ? this.#base / width : undefined;
  }

  /** What is left of a row, field by field, up to its end. */
  #byName(isFirst: boolean): boolean {
    const body = this.#body;
    do {
      const from = this.#at;
      const colon = body[from + 1] === QUOTE ? endOf(body, from + 1, KINDS.text) : -1;
      if (colon < 0 || body[colon] !== COLON) return false;
      const name = body.toString('latin1', from + 2, colon - 1);
      if (name.includes('\\')) return false;
      const column = this.#columns.indexOf(name);
      const start = colon + 1;
      this.#at = start;
      if (!this.#value(column)) return false;
      if (isFirst) {
        const differs = this.#columns.differing[column] ?? true;
        this.#fields.push({ column, from, start, end: this.#at, differs });
      }
    } while (body[this.#at] === COMMA);
    return body[this.#at] === OBJECT_END;
  }

  #likeTheFirst(): boolean {
    let next = 0;
    while (next < this.#fields.length) {
      const { from, length, next: after } = this.#stretchFrom(next);
      if (!this.#isSame(this.#at, from, length)) {
        const goesOn = this.#apart(this.#fields[next] as Field);
        if (goesOn === undefined) break;
        if (!goesOn) return false;
        next++;
        continue;
      }
      this.#note(next, after);
      this.#at += length;
      next = after + 1;
      if (after < this.#fields.length && !this.#value((this.#fields[after] as Field).column)) {
        return false;
      }
    }
    return this.#body[this.#at] === OBJECT_END || this.#byName(false);
  }

  /** Eight bytes at a time, as numbers: only two zeros are equal and not the same, and no byte of theirs has a part in JSON; what is no number equals nothing. */
  #isSame(here: number, there: number, length: number): boolean {
    const words = this.#words;
    if (here + length > words.byteLength) return false;
    let at = 0;
    for (; at + 8 <= length; at += 8) {
      if (words.getFloat64(here + at, true) !== words.getFloat64(there + at, true)) return false;
    }
    for (; at < length; at++) {
      if (words.getUint8(here + at) !== words.getUint8(there + at)) return false;
    }
    return true;
  }

  /** The fields of a stretch stand as far apart as in the first row. */
  #note(first: number, end: number) {
    const shift = this.#at - (this.#fields[first] as Field).from;
    for (let index = first; index < end; index++) {
      const { column, start } = this.#fields[index] as Field;
      if (column !== UNKNOWN) scratch[this.#base + column] = start + shift;
    }
  }

  /** One field by itself, where its stretch is not as it was. Undefined where another field stands here. */
  #apart(field: Field): boolean | undefined {
    const start = this.#at + field.start - field.from;
    if (!this.#isSame(this.#at, field.from, field.start - field.from)) return undefined;
    this.#at = start;
    if (!this.#value(field.column)) return false;
    const length = this.#at - start;
    if (length === field.end - field.start && this.#isSame(start, field.start, length)) return true;
    field.differs = true;
    if (field.column !== UNKNOWN) this.#columns.differing[field.column] = true;
    this.#stretches = [];
    return true;
  }

  /** Steps over a value. False where it is not one that its column may hold. */
  #value(column: number): boolean {
    const kind = kindAt(this.#body, this.#at);
    if (column !== UNKNOWN) {
      if (((this.#columns.all[column] as Column).kinds & kind) === 0) return false;
      scratch[this.#base + column] = this.#at;
    }
    this.#at = this.#endOf(kind);
    return this.#at > 0;
  }

  #endOf(kind: number): number {
    const end = kind === KINDS.text ? endOfPlainText(this.#body, this.#words, this.#at) : ESCAPED;
    if (end !== ESCAPED) return end;
    return kind === 0 ? -1 : endOf(this.#body, this.#at, kind);
  }

  #stretchFrom(first: number): Stretch {
    const known = this.#stretches[first];
    if (known) return known;
    const fields = this.#fields;
    const { from } = fields[first] as Field;
    const found = fields.findIndex((field, index) => index >= first && field.differs);
    const next = found < 0 ? fields.length : found;
    const end = found < 0 ? (fields.at(-1) as Field).end : (fields[found] as Field).start;
    const stretch = { from, length: end - from, next };
    this.#stretches[first] = stretch;
    return stretch;
  }
}
