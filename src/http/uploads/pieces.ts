import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { refusal, TOO_LARGE } from './limits.ts';

/** Each chunk of a chunked body is a piece of its own, and may be a single byte. */
const MIN_PIECES = 1000;
const BYTES_PER_PIECE = 100;

/** Each piece costs some microseconds: a megabyte of single bytes would take a second. */
export const areTooMany = (pieces: number, bytes: number) =>
  pieces > MIN_PIECES && pieces > bytes / BYTES_PER_PIECE;

/** Formats the number of pieces for the log. */
export const inPieces = (found: number) =>
  refusal(
    `The body came in pieces that are too small, ${found} so far: it was cut off.`,
    { name: 'bodyPieces', max: MIN_PIECES, found },
    TOO_LARGE,
  );

/** Closes the connection without an answer. Answering while more pieces arrive would cost as much as reading them. */
export function hangUp(request: Readable) {
  (request as Partial<IncomingMessage>).socket?.destroy();
  request.destroy();
}
