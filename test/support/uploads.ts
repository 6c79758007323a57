/** Tunes with photos as files, and Astrias that take them in one way or another. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { startGateway, type TestGatewayOptions } from './gateway.ts';
import { post, text } from './multipart.ts';

export const FLUX = 1504944;
export const CREATE_TUNE =
  'mutation ($input: CreateTuneInput!) { createTune(input: $input) { tune { title } } }';
export const CREATE_PROMPT =
  'mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { text } } }';

/** Makes a tune with so many photos as files. */
export const operationsOf = (photos: number, input: object = {}) => {
  const images = Array.from({ length: photos }, () => ({ file: null }));
  return text('operations', {
    query: CREATE_TUNE,
    variables: { input: { title: 'Ines', images, ...input } },
  });
};

/** Where a photo goes. */
export const photo = (index: number) => `variables.input.images.${index}.file`;

/** Of files named 0, 1 … */
export const mapOf = (photos: number) =>
  text('map', Object.fromEntries(Array.from({ length: photos }, (_, i) => [i, [photo(i)]])));

/** `operations` and `map` for a tune with so many photos. */
export const tuneOf = (photos: number, input: object = {}) => [
  operationsOf(photos, input),
  mapOf(photos),
];

/** The answer to a request before the emulator, and what reached that. Nothing is logged. */
export async function send(parts: readonly Uint8Array[], uploads?: TestGatewayOptions['uploads']) {
  const gateway = await startGateway({ uploads });
  const answer = await post(gateway.url, parts);
  expect(gateway.logged).toEqual([]);
  const tunes: unknown[] = gateway.emulator.requests.filter(({ method }) => method === 'POST');
  return { answer, tunes };
}

export const CREATED = { status: 200, data: { createTune: { tune: { title: 'Ines' } } } };

/** An Astria that keeps the body as it came, and answers what it is told to. Reads it answers by itself. */
export async function startSink(answer: () => { status: number; body: unknown } | undefined) {
  const seen = { body: '', isWhole: false, brokeOffAt: 0, requests: 0 };
  const server = createServer((request, response) => {
    if (request.method === 'GET') return void response.end('{"id":1}');
    seen.requests += 1;
    request.setEncoding('latin1');
    request.on('data', (chunk) => {
      seen.body += chunk;
    });
    request.on('error', () => {});
    request.on('close', () => {
      if (!request.complete) seen.brokeOffAt = performance.now();
    });
    request.on('end', () => {
      seen.isWhole = true;
      const told = answer();
      if (told) response.writeHead(told.status).end(JSON.stringify(told.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export async function startBeforeSink(
  answer: Parameters<typeof startSink>[0] = () => ({ status: 201, body: { id: 1, title: 'Ines' } }),
  timeoutMs?: number,
) {
  const sink = await startSink(answer);
  const gateway = await startGateway({ baseUrl: sink.url, timeoutMs });
  return { gateway, seen: sink.seen, url: gateway.url };
}

export const has = (text: string) => expect.stringContaining(text);

export async function until(isSo: () => unknown) {
  while (!isSo()) await sleep(5);
}

/** An Astria that answers, or does not, without reading any further. */
export async function startDeaf(answer?: { status: number; body: unknown }) {
  const server = createServer((request, response) => {
    request.pause();
    if (answer) response.writeHead(answer.status).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
