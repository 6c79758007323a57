import type { Dispatcher } from 'undici';
import { Inflow } from './inflow.ts';

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

/** A hundred rows have some 500,000 bytes. */
const MAX_BODY_BYTES = 20_000_000;
const TOO_LONG = `the body is longer than ${MAX_BODY_BYTES} bytes`;

/** undici takes none, and does not say what it was. */
const UNASKED_FOR =
  'something came that is no answer to the request, such as a `100 Continue` that nobody asked for';
const isUnaskedFor = ({ message }: Error) =>
  message === 'bad response' || message === 'bad upgrade';
/** Of all that the process asks, whichever way. */
const inflow = new Inflow();

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
    const end = () => {
      signal.removeEventListener('abort', abort);
      if (controller) inflow.end(controller);
    };
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
        if (bytes > MAX_BODY_BYTES) receiving.abort(new Error(TOO_LONG));
        else {
          chunks.push(chunk);
          inflow.add(receiving, chunk.length);
        }
      },
      onResponseEnd() {
        end();
        resolve({ ...(head as Omit<Received, 'body'>), body: Buffer.concat(chunks) });
      },
      onResponseError(_, error) {
        end();
        fail(isUnaskedFor(error) ? new Error(UNASKED_FOR, { cause: error }) : error);
      },
    });
  });
}
