import { BACKSLASH, LAST_ASCII, QUOTE, SPACE } from './characters.ts';

const FIRST_BYTES = 2 ** 16;
/** One that has grown beyond is given back. */
const KEPT_BYTES = 2 ** 20;
/** Characters of a text that is written by a loop: to call for more takes longer. */
const SHORT = 64;

/** Where JSON is written. Who writes to `bytes` or `view` asks for `room` before, and moves `at` afterwards. */
export class Sink {
  bytes: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  view = new DataView(this.bytes.buffer);
  at = 0;

  /** Makes room for so many bytes more. */
  room(more: number) {
    if (this.at + more > this.bytes.length) this.#resize(2 * (this.at + more));
  }

  #resize(length: number) {
    const bytes = Buffer.allocUnsafeSlow(length);
    bytes.set(this.bytes.subarray(0, this.at));
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }

  byte(byte: number) {
    this.room(1);
    this.bytes[this.at++] = byte;
  }

  /** Bytes of JSON, for which there is room. */
  raw(from: Uint8Array, start: number, end: number) {
    const { bytes } = this;
    let { at } = this;
    for (let index = start; index < end; index++) bytes[at++] = from[index] as number;
    this.at = at;
  }

  /** A text that is JSON already. */
  json(text: string) {
    this.room(Buffer.byteLength(text));
    this.at += this.bytes.write(text, this.at);
  }

  /** A value as `JSON.stringify` has it in a list, with all that it holds. */
  value(value: unknown) {
    const isShort = typeof value === 'string' && this.#short(value);
    if (!isShort) this.json(JSON.stringify(value) ?? 'null');
  }

  /** False where it takes more than a loop. */
  #short(text: string): boolean {
    const { length } = text;
    if (length > SHORT) return false;
    this.room(length + 2);
    const { bytes } = this;
    let { at } = this;
    bytes[at++] = QUOTE;
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index);
      if (code < SPACE || code > LAST_ASCII || code === QUOTE || code === BACKSLASH) return false;
      bytes[at++] = code;
    }
    bytes[at++] = QUOTE;
    this.at = at;
    return true;
  }

  /** What has been written, as its own copy; and begins anew. */
  take(): Buffer {
    const taken = Buffer.from(this.bytes.subarray(0, this.at));
    this.at = 0;
    if (this.bytes.length > KEPT_BYTES) this.#resize(FIRST_BYTES);
    return taken;
  }
}
