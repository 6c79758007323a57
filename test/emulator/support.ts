import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { frozenClock } from '../../src/emulator/clock.ts';
import { type EmulatorOptions, startEmulator } from '../../src/emulator/serve.ts';

export const NOW = '2026-11-01T12:00:00.000Z';
export const PHOTO = 'https://photos.example/1.jpg';

export type Json = Record<string, unknown>;

interface Answer<Body> {
  status: number;
  headers: Headers;
  /** Parsed where it is JSON. */
  body: Body;
}

/** An emulator of its own behind a socket, gone when the test is over. Time stands still at NOW. */
export async function start(options: EmulatorOptions = {}) {
  const clock = frozenClock(NOW);
  const emulator = await startEmulator({ clock, seed: false, ...options });
  onTestFinished(() => emulator.close());
  const as = (key: string, headers: Record<string, string> = {}) =>
    clientOf(emulator.url, { authorization: `Bearer ${key}`, ...headers });
  return { emulator, clock, as, account: emulator.account('sd_test'), ...as('sd_test') };
}

/** A plain object is sent as JSON; a form as what it is. */
function clientOf(origin: string, headers: Record<string, string>) {
  async function send<Body = Json>(
    method: string,
    path: string,
    body?: object,
    more: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const isForm = body instanceof FormData || body instanceof URLSearchParams;
    const type = body && !isForm && { 'content-type': 'application/json' };
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: { ...headers, ...type, ...more },
      body: isForm ? body : body && JSON.stringify(body),
      redirect: 'manual',
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  }
  return {
    send,
    get: <Body = Json>(path: string, headers?: Record<string, string>) =>
      send<Body>('GET', path, undefined, headers),
    post: <Body = Json>(path: string, body: object = {}) => send<Body>('POST', path, body),
    patch: <Body = Json>(path: string, body: object) => send<Body>('PATCH', path, body),
    remove: <Body = Json>(path: string) => send<Body>('DELETE', path),
  };
}

/** Somebody who waits for callbacks, and keeps what comes. */
export async function startReceiver(status = 200) {
  const received: { path: string; type: string | undefined; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    received.push({
      path: request.url ?? '',
      type: request.headers['content-type'],
      body: text === '' ? null : JSON.parse(text),
    });
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received };
}

export const idsOf = (rows: { id?: unknown }[]) => rows.map((row) => row.id);
