import type { IncomingMessage } from 'node:http';
import { badRequest } from '../graphql/errors.ts';
import { TOO_LARGE } from './upload-limits.ts';

/** Of everything but uploads, which are never held. A megabyte is a million bytes. */
const MAX_BODY_BYTES = 1_000_000;

/** The whole body; undefined where it broke off. Throws once it is longer than it may be. */
export function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    let whole: Buffer | undefined;
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) return reject(tooLong(bytes));
      chunks.push(chunk);
    });
    request.once('end', () => {
      whole = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
      resolve(whole);
    });
    request.once('close', () => resolve(whole));
  });
}

function tooLong(found: number) {
  const error = badRequest(`The body is longer than ${MAX_BODY_BYTES} bytes.`, {
    name: 'bodyBytes',
    max: MAX_BODY_BYTES,
    found,
  });
  error.extensions.http = { status: TOO_LARGE };
  return error;
}
