import { Sink } from './sink.ts';

/** How rows of one kind become objects of an answer. */
export interface Unreading {
  write(row: object, rest: Rest, sink: Sink): void;
  read(row: object, rest: Rest): object;
}

/** What an object has that is not copied, by its names in the answer. */
export type Rest = Record<string, unknown>;

/**
 * An object of an answer, some of whose values are still where its row has them: nobody looks at them before they are
 * written. To `JSON.stringify` it is what it would be if they had been read.
 */
export class Unread {
  readonly #by: Unreading;
  readonly #row: object;
  readonly #rest: Rest;

  constructor(by: Unreading, row: object, rest: Rest) {
    this.#by = by;
    this.#row = row;
    this.#rest = rest;
  }

  write(sink: Sink) {
    this.#by.write(this.#row, this.#rest, sink);
  }

  toJSON(): object {
    return this.#by.read(this.#row, this.#rest);
  }
}

/** Marks a result that holds some. */
export const HOLDS_UNREAD = Symbol('holds unread');

const sink = new Sink();

/** JSON in UTF-8. */
export function bytesOf(result: object): Buffer {
  if (!(HOLDS_UNREAD in result)) return Buffer.from(JSON.stringify(result));
  sink.at = 0;
  writeValue(result, sink);
  return sink.take();
}

export function writeValue(value: unknown, sink: Sink) {
  if (value instanceof Unread) value.write(sink);
  else if (Array.isArray(value)) writeList(value, sink);
  else if (isPlain(value)) writeObject(value, sink);
  else sink.value(value);
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const [COMMA, COLON, LIST, LIST_END, OBJECT, OBJECT_END] = [44, 58, 91, 93, 123, 125] as const;

function writeList(list: readonly unknown[], sink: Sink) {
  sink.byte(LIST);
  for (let index = 0; index < list.length; index++) {
    if (index > 0) sink.byte(COMMA);
    writeValue(list[index], sink);
  }
  sink.byte(LIST_END);
}

function writeObject(holder: object, sink: Sink) {
  sink.byte(OBJECT);
  let isFirst = true;
  for (const [name, value] of Object.entries(holder)) {
    if (value === undefined) continue;
    if (!isFirst) sink.byte(COMMA);
    isFirst = false;
    sink.value(name);
    sink.byte(COLON);
    writeValue(value, sink);
  }
  sink.byte(OBJECT_END);
}
