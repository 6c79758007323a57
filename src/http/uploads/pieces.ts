import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { refusal, TOO_LARGE } from './limits.ts';

/** Lines are split as they are; but each chunk of a chunked body is a piece by itself, and may be one byte. */
const MIN_PIECES = 1000;
const BYTES_PER_PIECE = 100;

/** Each piece costs some µs: a megabyte of them would be a second. */
export const areTooMany = (pieces: number, bytes: number) =>
  pieces > MIN_PIECES && pieces > bytes / BYTES_PER_PIECE;

/** For the log. */
export const inPieces = (found: number) =>
  refusal(
    `The body came in pieces that are too small, ${found} so far: it was cut off.`,
    { name: 'bodyPieces', max: MIN_PIECES, found },
    TOO_LARGE,
  );

/** Without an answer: what it takes to give one, while more and more comes in, is as dear as the rest. */
export function hangUp(request: Readable) {
  (request as Partial<IncomingMessage>).socket?.destroy();
  request.destroy();
}
