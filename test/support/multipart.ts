/** Multipart requests by hand, for tests that need the parts in an order of their own. */
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { startGateway } from './gateway.ts';

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

/** The gateway on a socket. */
export async function listen({ gateway }: Awaited<ReturnType<typeof startGateway>>) {
  const server = createServer(gateway);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

/** Forms need it where the gateway has a key of its own. */
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
