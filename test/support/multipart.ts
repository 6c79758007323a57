/** Multipart requests by hand, for tests that need the parts in an order of their own. */
import { type IncomingMessage, request } from 'node:http';

export const BOUNDARY = 'boundary-of-the-test';
/** As much of a picture as Astria looks at. */
export const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
export const END = Buffer.from(`--${BOUNDARY}--\r\n`);

export const text = (name: string, value: unknown) =>
  part(`form-data; name="${name}"`, typeof value === 'string' ? value : JSON.stringify(value));

export const file = (name: string, content: Uint8Array = PNG, type: string | null = 'image/png') =>
  part(
    `form-data; name="${name}"; filename="${name}.png"${type ? `\r\nContent-Type: ${type}` : ''}`,
    content,
  );

export const part = (disposition: string, content: Uint8Array | string) =>
  Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: ${disposition}\r\n\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);

/** Forms need it. */
export const PREFLIGHT = { 'apollo-require-preflight': 'true' };

/** A request under way: what is written goes out at once. */
export function begin(url: string, headers: Record<string, string> = {}) {
  const outgoing = request(url, {
    method: 'POST',
    headers: {
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      ...PREFLIGHT,
      ...headers,
    },
  });
  const answer = new Promise<IncomingMessage>((resolve, reject) =>
    outgoing.on('response', resolve).on('error', reject),
  ).then(async (response) => {
    const chunks = await response.toArray();
    return { status: response.statusCode, ...JSON.parse(Buffer.concat(chunks).toString()) };
  });
  // Some tests leave before there is one.
  answer.catch(() => {});
  return { outgoing, answer };
}

/** The whole of a request, in one piece, and its answer. */
export function post(url: string, parts: readonly Uint8Array[], headers = {}) {
  const { outgoing, answer } = begin(url, headers);
  outgoing.end(Buffer.concat(parts));
  return answer;
}
