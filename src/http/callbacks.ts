import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Callbacks } from '../jobs/callbacks.ts';
import { readWhole } from './body.ts';
import { refusal, TOO_LARGE } from './uploads/limits.ts';

/** The longest body. The callback of a large pack run contains all its prompts. */
const MAX_BYTES = 64_000;
const MAX_MS = 10_000;

/**
 * Handles `POST /callbacks/…`, below any path, and returns undefined for other requests. An address that this gateway has not
 * signed is answered with 404, without a call to Astria.
 */
export function createCallbackDoor(callbacks: Callbacks | undefined) {
  return (request: IncomingMessage, response: ServerResponse): Promise<void> | undefined => {
    const path = (request.url ?? '').split('?', 1)[0] as string;
    const isCallback = request.method === 'POST' && path.includes('/callbacks/');
    return callbacks && isCallback ? take(callbacks.at(path), request, response) : undefined;
  };
}

async function take(
  wake: ReturnType<Callbacks['at']>,
  request: IncomingMessage,
  response: ServerResponse,
) {
  if (!wake) return void response.writeHead(404, { 'Content-Length': 0 }).end();
  const body = await readWhole(request, { maxBytes: MAX_BYTES, maxMs: MAX_MS, tooLong });
  response.writeHead(204).end();
  // A body that broke off counts as unreadable.
  wake(body ?? Buffer.alloc(0));
}

const tooLong = (found: number) =>
  refusal(
    `A callback is longer than ${MAX_BYTES} bytes.`,
    { name: 'callbackBytes', max: MAX_BYTES, found },
    TOO_LARGE,
  );
