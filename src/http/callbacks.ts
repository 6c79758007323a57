import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Callbacks } from '../jobs/callbacks.ts';
import { refusal, TOO_LARGE, TOO_SLOW } from './uploads/limits.ts';

/** A run of a large pack tells of all its prompts at once. */
const MAX_BYTES = 64_000;
const MAX_MS = 10_000;

/** `POST /callbacks/…`, below any path; undefined of anything else. An address that nobody here has signed is not there, and costs nothing. */
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
  const body = await readShort(request);
  response.writeHead(204).end();
  wake(body);
}

/** Whatever its content type. */
function readShort(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const timer = setTimeout(() => reject(tooSlow()), MAX_MS);
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BYTES) return void chunks.push(chunk);
      request.off('data', onData);
      reject(tooLong(bytes));
    };
    const end = () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks));
    };
    request.on('data', onData).once('end', end).once('close', end);
  });
}

const tooLong = (found: number) =>
  refusal(
    `A callback is longer than ${MAX_BYTES} bytes.`,
    { name: 'callbackBytes', max: MAX_BYTES, found },
    TOO_LARGE,
  );

const tooSlow = () =>
  refusal(
    `The body did not come within ${MAX_MS / 1000} seconds: send it again.`,
    { name: 'bodyMs', max: MAX_MS, found: `more than ${MAX_MS}` },
    TOO_SLOW,
  );
