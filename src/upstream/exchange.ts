import { isMarkedAsUntransferable } from 'node:worker_threads';
import type { Dispatcher } from 'undici';
import { collectEvery } from '../young-garbage.ts';

export interface Received {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/**
 * Not a byte of the request was sent, nor will be: there was no connection, or no time left to wait for one. undici
 * tells of a start before it writes, so what has not begun has not been written.
 */
export class NeverBegun extends Error {}

const noteRead = collectEvery(40_000_000);

/** A hundred rows have some 500,000 bytes. */
const MAX_BODY_BYTES = 20_000_000;
const TOO_LONG = `the body is longer than ${MAX_BODY_BYTES} bytes`;

/**
 * A request and its whole answer. Rejects as soon as `signal` aborts, a request that still waits for a connection included.
 * Built on `dispatch`: `request` makes a stream of each body, which costs more than a small answer itself.
 */
export function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let head: Omit<Received, 'body'> | undefined;
    const chunks: Buffer[] = [];
    let bytes = 0;
    const fail = (cause: unknown) => reject(controller ? cause : new NeverBegun('', { cause }));
    const abort = () => {
      fail(signal.reason);
      controller?.abort(signal.reason);
    };
    const end = () => signal.removeEventListener('abort', abort);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort);
    dispatcher.dispatch(options, {
      onRequestStart(started) {
        controller = started;
        if (signal.aborted) started.abort(signal.reason);
      },
      onResponseStart(_, status, headers) {
        head = { status, headers };
      },
      onResponseData(receiving, chunk) {
        bytes += chunk.length;
        noteRead(chunk.length);
        if (bytes > MAX_BODY_BYTES) receiving.abort(new Error(TOO_LONG));
        else chunks.push(chunk);
      },
      onResponseEnd() {
        end();
        resolve({ ...(head as Omit<Received, 'body'>), body: bodyOf(chunks) });
      },
      onResponseError(_, error) {
        end();
        fail(error);
      },
    });
  });
}

/** Copies what was read into one body, and gives its memory back at once: left to the collector it piles up, to 64 MB. */
function bodyOf(chunks: readonly Buffer[]): Buffer {
  const last = chunks.at(-1);
  if (last && chunks.length === 1) return last;
  const body = Buffer.concat(chunks);
  // undici is not through with the last one, of which more chunks may be parts.
  for (const { buffer } of chunks) if (buffer !== last?.buffer) release(buffer);
  return body;
}

/** Not what others have a share in, Node's pool for short buffers, which Node marks so. */
function release(memory: ArrayBufferLike) {
  if (!(memory instanceof ArrayBuffer) || memory.detached) return;
  if (!isMarkedAsUntransferable(memory)) memory.transfer(0);
}
