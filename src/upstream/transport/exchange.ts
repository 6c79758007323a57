import type { Dispatcher } from 'undici';
import { Inflow } from './inflow.ts';

export interface Received {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/**
 * Nothing of the request was sent, and nothing will be: there was no connection, or no time left to wait for one. undici
 * reports the start of a request before it writes, so a request that has not started has not been written.
 */
export class NeverBegun extends Error {}

/** The longest body of an answer. A hundred rows take about 500,000 bytes. */
const MAX_BODY_BYTES = 20_000_000;
const TOO_LONG = `the body is longer than ${MAX_BODY_BYTES} bytes`;

/** undici refuses a `100 Continue` that was not asked for, with an error that does not name it. */
const UNASKED_FOR =
  'something came that is no answer to the request, such as a `100 Continue` that nobody asked for';
const isUnaskedFor = ({ message }: Error) =>
  message === 'bad response' || message === 'bad upgrade';
/** Bounds the bodies that arrive at once, for the whole process. */
const inflow = new Inflow();

/**
 * Sends a request and returns its whole answer. Rejects as soon as `signal` aborts, even while the request waits for a
 * connection. It uses undici's `dispatch`, because `request` makes a stream of each body, which costs more than a small answer.
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
