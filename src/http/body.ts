import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TakeBytes } from './load.ts';
import { isForGraph, isUpload } from './params.ts';
import { LINGER_MS, refusal, TOO_LARGE, TOO_SLOW } from './uploads/limits.ts';
import { areTooMany, hangUp, inPieces } from './uploads/pieces.ts';

/** The longest body that is no upload. Uploads are streamed. A megabyte is a million bytes. */
const MAX_BODY_BYTES = 1_000_000;

/** The longest time from the head of a request to the last byte of its body. The server's own limit allows for uploads. */
const MAX_BODY_MS = 30_000;

interface WholeLimits {
  maxBytes: number;
  maxMs: number;
  /** Makes the error for a body with more bytes than that. */
  tooLong(found: number): Error;
  take?: TakeBytes;
}

/** Reads a whole body. Returns undefined if it broke off, and an empty one for an upload, which is parsed as it arrives. */
export async function readBody(
  request: IncomingMessage,
  take: TakeBytes,
  maxMs = MAX_BODY_MS,
): Promise<Buffer | undefined> {
  if (request.method !== 'POST' || isUpload(request)) return Buffer.alloc(0);
  return readWhole(request, { maxBytes: MAX_BODY_BYTES, maxMs, tooLong, take });
}

/**
 * Reads a whole body of any type. Returns undefined if it broke off. Throws if it is too long or takes too long. Small chunks
 * are copied together as they arrive, because each one alone would take many times its length.
 */
export function readWhole(
  request: IncomingMessage,
  { maxBytes, maxMs, tooLong, take }: WholeLimits,
): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    // The client left while it was authenticated.
    if (request.destroyed) return resolve(undefined);
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
    // A stream keeps its request for an hour, and the request its listeners, which must not keep the body.
    const settle = (body: Buffer | undefined) => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      resolve(body);
    };
    const onEnd = () => settle((gathered ?? Buffer.alloc(0)).subarray(0, bytes));
    const onClose = () => settle(undefined);
    request.on('data', onData).on('end', onEnd).on('close', onClose);
  });
}

/** Returns a buffer with room for `wanted` bytes, at least twice as large. */
function grown(buffer: Buffer, used: number, wanted: number): Buffer {
  if (buffer.length >= wanted) return buffer;
  const larger = Buffer.allocUnsafe(Math.max(wanted, 2 * buffer.length));
  buffer.copy(larger, 0, 0, used);
  return larger;
}

/** The most bytes that a refused client may still send before it gets its answer. */
const MAX_DROPPED_BYTES = 10_000_000;

/**
 * Reads and drops the rest of a refused request, or as much as is waited for. Returns true if all of it came. A client that
 * sends everything before it reads would lose an earlier answer, because closing a connection with unread bytes resets it.
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

/**
 * Returns whether a request has a body that nobody will read. Otherwise it would keep its connection for as long as an upload
 * may take.
 */
export const hasUnwantedBody = (request: IncomingMessage) =>
  (request.method !== 'POST' || !isForGraph(request)) &&
  ('content-length' in request.headers || 'transfer-encoding' in request.headers);

/** Ends the connection of a request that is answered at once. Node would otherwise read and drop the whole body. */
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
