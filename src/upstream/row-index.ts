/**
 * Where the values of a list of rows stand in its JSON, found without reading them. Rows of one list are nearly alike, so
 * each is compared with the first: what lies between two values that differ is one comparison, however many fields it
 * holds.
 */
import { COLON, COMMA, endOf, kindAt, LIST, LIST_END, OBJECT_END, QUOTE } from './json-value.ts';

export interface Column {
  name: string;
  /** Which kinds of values it may hold. */
  kinds: number;
}

/** Some rows of a list, one after the other. */
export interface Piece {
  /** A character for each byte. */
  text: string;
  /** Where it begins in the body. */
  from: number;
  rows: number;
  /** For each row, and in it for each column: where in the text its value begins; 0 where the row has none. */
  starts: Uint16Array;
}

/** As much text as V8 keeps among what dies young: a long one gets pages of its own, which cost more than to read it. */
const PIECE_CHARACTERS = 2 ** 15;
/** Starts of a piece. */
const scratch = new Uint16Array(2 ** 14);

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

  indexOf(name: string): number {
    return this.#byName.get(name) ?? UNKNOWN;
  }
}

const UNKNOWN = -1;

/**
 * Undefined where anything is unusual: white space between tokens, a value of a kind that its column does not hold, a
 * very long row, what is no list of objects, or no JSON at all. Within texts, lists and objects nothing is looked at:
 * what is wrong there is left for their reader to find.
 */
export function indexRows(body: Buffer, columns: Columns): Piece[] | undefined {
  if (body.length === 2 && body.toString() === '[]') return [];
  const walk = new Walk(columns);
  const pieces: Piece[] = [];
  let from = 1;
  while (!walk.isOver) {
    const text = body.toString('latin1', from, from + PIECE_CHARACTERS);
    const { rows, end } = walk.through(text);
    // What breaks off at the end of a piece begins the next one.
    if (rows === 0) return undefined;
    pieces.push({ text, from, rows, starts: scratch.slice(0, rows * columns.all.length) });
    from += end;
  }
  return body[0] === LIST && from === body.length ? pieces : undefined;
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
  text: string;
  /** The field whose value follows, or how many there are where none does. */
  next: number;
}

class Walk {
  isOver = false;
  readonly #columns: Columns;
  /** Of the first row. */
  readonly #fields: Field[] = [];
  /** By the field that they begin with. */
  #stretches: (Stretch | undefined)[] = [];
  /** What the first row stands in. */
  #first = '';
  #text = '';
  #base = 0;
  #at = 0;

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  /** The whole rows that a text begins with. */
  through(text: string): { rows: number; end: number } {
    const width = this.#columns.all.length;
    this.#text = text;
    this.#first ||= text;
    this.#base = 0;
    let end = 0;
    while (!this.isOver && this.#base + width <= scratch.length) {
      this.#at = end;
      scratch.fill(0, this.#base, this.#base + width);
      const isWhole = this.#fields.length === 0 ? this.#byName(true) : this.#likeTheFirst();
      const next = isWhole ? text.charCodeAt(this.#at + 1) : 0;
      if (next !== COMMA && next !== LIST_END) break;
      this.isOver = next === LIST_END;
      this.#base += width;
      end = this.#at + 2;
    }
    return { rows: this.#base / width, end };
  }

  /** What is left of a row, field by field, up to its end. */
  #byName(isFirst: boolean): boolean {
    const text = this.#text;
    do {
      const from = this.#at;
      const end = text.indexOf('"', from + 2);
      if (text.charCodeAt(from + 1) !== QUOTE || text.charCodeAt(end + 1) !== COLON) return false;
      const name = text.slice(from + 2, end);
      if (name.includes('\\')) return false;
      const column = this.#columns.indexOf(name);
      const start = end + 2;
      this.#at = start;
      if (!this.#value(column)) return false;
      if (isFirst) {
        const differs = this.#columns.differing[column] ?? true;
        this.#fields.push({ column, from, start, end: this.#at, differs });
      }
    } while (text.charCodeAt(this.#at) === COMMA);
    return text.charCodeAt(this.#at) === OBJECT_END;
  }

  #likeTheFirst(): boolean {
    const text = this.#text;
    let next = 0;
    while (next < this.#fields.length) {
      const { text: expected, next: after } = this.#stretchFrom(next);
      const end = this.#at + expected.length;
      if (text.slice(this.#at, end) !== expected) {
        const goesOn = this.#apart(this.#fields[next] as Field);
        if (goesOn === undefined) break;
        if (!goesOn) return false;
        next++;
        continue;
      }
      this.#note(next, after);
      this.#at = end;
      next = after + 1;
      if (after < this.#fields.length && !this.#value((this.#fields[after] as Field).column)) {
        return false;
      }
    }
    return text.charCodeAt(this.#at) === OBJECT_END || this.#byName(false);
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
    const text = this.#text;
    const start = this.#at + field.start - field.from;
    if (text.slice(this.#at, start) !== this.#first.slice(field.from, field.start))
      return undefined;
    this.#at = start;
    if (!this.#value(field.column)) return false;
    if (text.slice(start, this.#at) === this.#first.slice(field.start, field.end)) return true;
    field.differs = true;
    if (field.column !== UNKNOWN) this.#columns.differing[field.column] = true;
    this.#stretches = [];
    return true;
  }

  /** Steps over a value. False where it is not one that its column may hold. */
  #value(column: number): boolean {
    const kind = kindAt(this.#text, this.#at);
    if (column !== UNKNOWN) {
      if (((this.#columns.all[column] as Column).kinds & kind) === 0) return false;
      scratch[this.#base + column] = this.#at;
    }
    this.#at = kind === 0 ? -1 : endOf(this.#text, this.#at, kind);
    return this.#at > 0;
  }

  #stretchFrom(first: number): Stretch {
    const known = this.#stretches[first];
    if (known) return known;
    const fields = this.#fields;
    const { from } = fields[first] as Field;
    const found = fields.findIndex((field, index) => index >= first && field.differs);
    const next = found < 0 ? fields.length : found;
    const end = found < 0 ? (fields.at(-1) as Field).end : (fields[found] as Field).start;
    const stretch = { text: this.#first.slice(from, end), next };
    this.#stretches[first] = stretch;
    return stretch;
  }
}
