import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TakeBytes } from './load.ts';
import { isForGraph, isUpload } from './params.ts';
import { LINGER_MS, refusal, TOO_LARGE, TOO_SLOW } from './uploads/limits.ts';
import { areTooMany, hangUp, inPieces } from './uploads/pieces.ts';

/** Of everything but uploads, which are never held. A megabyte is a million bytes. */
const MAX_BODY_BYTES = 1_000_000;

/** From its head to its last byte: the server's own limit is for uploads. */
const MAX_BODY_MS = 30_000;

interface WholeLimits {
  maxBytes: number;
  maxMs: number;
  /** Of a body with more bytes than that. */
  tooLong(found: number): Error;
  take?: TakeBytes;
}

/** The whole body; undefined where it broke off. That of an upload is left to be parsed as it arrives. */
export async function readBody(
  request: IncomingMessage,
  take: TakeBytes,
  maxMs = MAX_BODY_MS,
): Promise<Buffer | undefined> {
  if (request.method !== 'POST' || isUpload(request)) return Buffer.alloc(0);
  return readWhole(request, { maxBytes: MAX_BODY_BYTES, maxMs, tooLong, take });
}

/**
 * The whole body, whatever its type; undefined where it broke off. Throws where it is longer than it may be, or takes longer.
 * Small pieces are gathered as they come: each by itself would take many times its length.
 */
export function readWhole(
  request: IncomingMessage,
  { maxBytes, maxMs, tooLong, take }: WholeLimits,
): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    // Whoever asked has left, before it was known who they are.
    if (request.destroyed) return resolve(undefined);
    let whole: Buffer | undefined;
    let gathered: Buffer | undefined;
    let bytes = 0;
    let pieces = 0;
    let timer: NodeJS.Timeout | undefined;
    const refuse = (error: unknown) => {
      request.off('data', onData);
      gathered = undefined;
      reject(error);
    };
    // A body that came with its head, as nearly all do, is there by then, and costs no timer.
    setImmediate(() => {
      if (!request.complete) timer = setTimeout(() => refuse(tooSlow(maxMs)), maxMs);
    });
    const onData = (chunk: Buffer) => {
      const from = bytes;
      bytes += chunk.length;
      if (bytes > maxBytes) return refuse(tooLong(bytes));
      if (areTooMany(++pieces, bytes)) {
        refuse(inPieces(pieces));
        return hangUp(request);
      }
      try {
        take?.(chunk.length);
      } catch (error) {
        return refuse(error);
      }
      if (from === 0) gathered = chunk;
      else {
        gathered = grown(gathered as Buffer, from, bytes);
        chunk.copy(gathered, from);
      }
    };
    request.on('data', onData);
    request.once('end', () => {
      clearTimeout(timer);
      whole = (gathered ?? Buffer.alloc(0)).subarray(0, bytes);
      resolve(whole);
    });
    request.once('close', () => {
      clearTimeout(timer);
      resolve(whole);
    });
  });
}

/** With room for `wanted` bytes, twice as large each time. */
function grown(buffer: Buffer, used: number, wanted: number): Buffer {
  if (buffer.length >= wanted) return buffer;
  const larger = Buffer.allocUnsafe(Math.max(wanted, 2 * buffer.length));
  buffer.copy(larger, 0, 0, used);
  return larger;
}

/** With how much a client may go on that has been refused, so that it gets to see why. */
const MAX_DROPPED_BYTES = 10_000_000;

/**
 * When the rest of a refused request has come, or as much as is waited for; true where all of it has. Answered before, a
 * client that sends first and listens then would lose its answer: closing on what has not been read resets the connection.
 */
export function drop(request: IncomingMessage): Promise<boolean> {
  return new Promise((resolve) => {
    let bytes = 0;
    let pieces = 0;
    const end = () => {
      clearTimeout(timer);
      request.off('data', count).pause();
      resolve(request.complete);
    };
    const timer = setTimeout(end, LINGER_MS);
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (areTooMany(++pieces, bytes)) hangUp(request);
      else if (bytes > MAX_DROPPED_BYTES) end();
    };
    if (request.readableEnded || request.destroyed) return end();
    request.on('data', count).once('end', end).once('close', end);
  });
}

/** One that nobody reads: answered, the request would keep its connection for as long as the server lets uploads take. */
export const hasUnwantedBody = (request: IncomingMessage) =>
  (request.method !== 'POST' || !isForGraph(request)) &&
  ('content-length' in request.headers || 'transfer-encoding' in request.headers);

/** Of a request that is answered at once. Node would read on, and drop, whatever came. */
export function endSoon(request: IncomingMessage, response: ServerResponse) {
  response.once('finish', () => {
    if (request.complete) return;
    const timer = setTimeout(() => request.destroy(), LINGER_MS);
    request.once('close', () => clearTimeout(timer));
  });
}

const tooSlow = (maxMs: number) =>
  refusal(
    `The body did not come within ${maxMs / 1000} seconds: send it again.`,
    { name: 'bodyMs', max: maxMs, found: `more than ${maxMs}` },
    TOO_SLOW,
  );

const tooLong = (found: number) =>
  refusal(
    `The body is longer than ${MAX_BODY_BYTES} bytes.`,
    { name: 'bodyBytes', max: MAX_BODY_BYTES, found },
    TOO_LARGE,
  );
