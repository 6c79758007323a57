import { hash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Fault, failureBody, patched } from './faults.ts';

/** An answer before it is sent. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function replyOf(response: Response): Promise<Reply> {
  const headers = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: await response.text() };
}

/** Adds a weak ETag to every 200 of a GET, as Rails does, and answers 304 if the client has that version. */
export function withEtag(reply: Reply, request: IncomingMessage): Reply {
  if (request.method !== 'GET' || reply.status !== 200) {
    return { ...reply, headers: { 'cache-control': 'no-cache', ...reply.headers } };
  }
  const etag = `W/"${hash('sha256', reply.body).slice(0, 32)}"`;
  const headers: Reply['headers'] = {
    ...reply.headers,
    etag,
    'cache-control': 'max-age=0, private, must-revalidate',
  };
  const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim()) ?? [];
  if (!known.includes(etag) && !known.includes('*')) return { ...reply, headers };
  const { 'content-type': _, ...kept } = headers;
  return { status: 304, headers: kept, body: '' };
}

/**
 * Answers a `Range` with one part of a film: Safari does not play films without it. Several parts are answered with the whole.
 */
export function ranged(reply: Reply, range = ''): Reply {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (reply.status !== 200 || !(first || last)) return reply;
  const body = Buffer.from(reply.body);
  const start = first ? Number(first) : Math.max(body.length - Number(last), 0);
  const end = first && last ? Math.min(Number(last), body.length - 1) : body.length - 1;
  if (start > end) {
    const headers = { 'content-range': `bytes */${body.length}` };
    return { status: 416, headers, body: '' };
  }
  const headers = { ...reply.headers, 'content-range': `bytes ${start}-${end}/${body.length}` };
  return { status: 206, headers, body: body.subarray(start, end + 1) };
}

/** Returns the answer of a fault that replaces the real one. */
export function failureOf(fault: Fault, defaultRetryAfter: number | null): Reply | undefined {
  if (fault.status === undefined && fault.broken !== 'reset') return undefined;
  const status = fault.status ?? 500;
  const { type, text } = failureBody(status);
  const retryAfter = fault.retryAfter ?? (status === 429 ? defaultRetryAfter : null);
  const headers: Record<string, string> = { 'content-type': type };
  if (retryAfter !== null) headers['retry-after'] = String(retryAfter);
  return withBody({ status, headers, body: text }, fault);
}

function withBody(reply: Reply, fault: Fault): Reply {
  if (!Object.hasOwn(fault, 'body')) return reply;
  if (typeof fault.body === 'string') return { ...reply, body: fault.body };
  const headers = { ...reply.headers, 'content-type': 'application/json; charset=utf-8' };
  return { ...reply, headers, body: JSON.stringify(fault.body ?? null) };
}

/** Damages the real answer. */
export function damaged(reply: Reply, fault: Fault): Reply {
  const changed = withBody(reply, fault);
  const text = changed.body.toString();
  if (fault.patch && text !== '') return { ...changed, body: patched(text, fault.patch) };
  if (fault.broken === 'cut-json') return { ...changed, body: text.slice(0, text.length / 2) };
  if (fault.broken === 'empty') return { ...changed, body: '' };
  return changed;
}

/** Sends an answer. `now` goes into its `Date` header. */
export function send(
  response: ServerResponse,
  reply: Reply,
  { now, broken }: { now: number; broken?: Fault['broken'] },
): void {
  if (broken === 'reset') {
    response.destroy();
    return;
  }
  const body = Buffer.from(reply.body);
  const isBodiless = reply.status === 204 || reply.status === 304;
  response.writeHead(reply.status, {
    ...reply.headers,
    date: new Date(now).toUTCString(),
    'x-request-id': randomUUID(),
    ...(!isBodiless && { 'content-length': body.length }),
  });
  if (broken === 'halfway') {
    // The announced length is that of the whole body, so only the closed connection shows that half of it is missing.
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
    return;
  }
  response.end(isBodiless ? undefined : body);
}
