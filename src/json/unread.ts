import { COLON, COMMA, LIST, LIST_END, OBJECT, OBJECT_END } from './characters.ts';
import { Sink } from './sink.ts';

/** How rows of one kind become objects of an answer. */
export interface Unreading {
  /** Bytes that are copied of a row, at most. */
  lengthOf(row: object): number;
  /** `length` is that of the row. */
  write(row: object, rest: Rest, length: number, writer: Writer): void;
  read(row: object, rest: Rest): object;
}

/** What an object has that is not copied, by its names in the answer. It may come later. */
export type Rest = Record<string, unknown>;

/**
 * An object of an answer, some of whose values are still where its row has them: nobody looks at them before they are
 * written. To `JSON.stringify` it is what it would be if they had been read.
 */
export class Unread {
  readonly #by: Unreading;
  readonly #row: object;
  readonly #rest: Rest;
  readonly #length: number;

  constructor(by: Unreading, row: object, rest: Rest) {
    this.#by = by;
    this.#row = row;
    this.#rest = rest;
    this.#length = by.lengthOf(row);
  }

  /** Bytes that are copied, at most. */
  get length(): number {
    return this.#length;
  }

  write(writer: Writer) {
    this.#by.write(this.#row, this.#rest, this.#length, writer);
  }

  toJSON(): object {
    return this.#by.read(this.#row, this.#rest);
  }
}

/** Where a result says which of its objects and lists lead to unread ones. Without it there are none. */
export const LEADING = Symbol('leading to what is unread');

type Leading = ReadonlySet<unknown>;

const sink = new Sink();

/** JSON in UTF-8. */
export function bytesOf(result: object): Buffer {
  const leading = (result as { [LEADING]?: Leading })[LEADING];
  if (!leading) return Buffer.from(JSON.stringify(result));
  sink.at = 0;
  new Writer(sink, leading).object(result);
  return sink.take();
}

/** Walks through nothing but what leads to unread objects: all else is written by `JSON.stringify`, which is faster, and bears any depth. */
export class Writer {
  readonly sink: Sink;
  readonly #leading: Leading;

  constructor(sink: Sink, leading: Leading) {
    this.sink = sink;
    this.#leading = leading;
  }

  value(value: unknown) {
    if (value instanceof Unread) value.write(this);
    else if (!this.#leading.has(value)) this.sink.value(value);
    else if (Array.isArray(value)) this.#list(value);
    else this.object(value as object);
  }

  #list(list: readonly unknown[]) {
    const { sink } = this;
    sink.byte(LIST);
    for (let index = 0; index < list.length; index++) {
      if (index > 0) sink.byte(COMMA);
      this.value(list[index]);
    }
    sink.byte(LIST_END);
  }

  object(holder: object) {
    const { sink } = this;
    sink.byte(OBJECT);
    let isFirst = true;
    for (const [name, value] of Object.entries(holder)) {
      if (value === undefined) continue;
      if (!isFirst) sink.byte(COMMA);
      isFirst = false;
      sink.value(name);
      sink.byte(COLON);
      this.value(value);
    }
    sink.byte(OBJECT_END);
  }
}
