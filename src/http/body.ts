import type { IncomingMessage } from 'node:http';
import { refusal, TOO_LARGE } from './upload-limits.ts';

/** Of everything but uploads, which are never held. A megabyte is a million bytes. */
const MAX_BODY_BYTES = 1_000_000;

/**
 * The whole body; undefined where it broke off. Throws once it is longer than it may be. Small pieces are gathered as they
 * come: each by itself would take many times its length.
 */
export function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    let whole: Buffer | undefined;
    let gathered: Buffer | undefined;
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      const from = bytes;
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) return reject(tooLong(bytes));
      if (from === 0) gathered = chunk;
      else {
        gathered = grown(gathered as Buffer, from, bytes);
        chunk.copy(gathered, from);
      }
    });
    request.once('end', () => {
      whole = (gathered ?? Buffer.alloc(0)).subarray(0, bytes);
      resolve(whole);
    });
    request.once('close', () => resolve(whole));
  });
}

/** With room for `wanted` bytes, twice as large each time. */
function grown(buffer: Buffer, used: number, wanted: number): Buffer {
  if (buffer.length >= wanted) return buffer;
  const larger = Buffer.allocUnsafe(Math.max(wanted, 2 * buffer.length));
  buffer.copy(larger, 0, 0, used);
  return larger;
}

const tooLong = (found: number) =>
  refusal(
    `The body is longer than ${MAX_BODY_BYTES} bytes.`,
    { name: 'bodyBytes', max: MAX_BODY_BYTES, found },
    TOO_LARGE,
  );
