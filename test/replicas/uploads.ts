/** Large uploads through a proxy: what the gateway and the proxy hold of them, and how soon Astria hears of a client that leaves. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryOf } from '../streams/process-figures.ts';
import { begin, END, file, post, text } from '../support/multipart.ts';
import type { ProxyName } from '../support/proxies.ts';
import { openWorld, type World } from './world.ts';

export interface UploadOptions {
  files: number;
  fileBytes: number;
  aborts: number;
  proxy?: ProxyName | undefined;
}

/** A tune with one photo, which follows. */
const HEAD = [
  text('operations', {
    query: 'mutation ($input: CreateTuneInput!) { createTune(input: $input) { tune { id } } }',
    variables: { input: { title: 'Ines', images: [{ file: null }] } },
  }),
  text('map', { 0: ['variables.input.images.0.file'] }),
];
const KEY = { authorization: 'Bearer sd_uploads' };
const SAMPLE_MS = 20;
const WARM_UP = 3;

export async function uploadThroughProxy({ files, fileBytes, aborts, proxy }: UploadOptions) {
  const astria = await startSink();
  const world = await openWorld({ proxy, astriaUrl: astria.url });
  try {
    const content = Buffer.alloc(fileBytes, 'x');
    const parts = [...HEAD, file('0', content), END];
    // What the first uploads load is not what an upload holds.
    for (let n = 0; n < WARM_UP; n++) await post(world.url, parts, KEY);
    const peaks = samplePeaks(world);
    const from = astria.bytes();
    for (let n = 0; n < files; n++) {
      const answer = await post(world.url, parts, KEY);
      if (!('data' in answer)) throw new Error(JSON.stringify(answer));
    }
    const uploadedMb = Math.round((astria.bytes() - from) / 1e6);
    const grown = peaks.end();
    const abortMs: number[] = [];
    for (let n = 0; n < aborts; n++) abortMs.push(await abort(world.url, astria, content));
    return { uploadedMb, ...grown, longestAbortMs: Math.round(Math.max(...abortMs)) };
  } finally {
    await world.close();
    astria.close();
  }
}

type Sink = Awaited<ReturnType<typeof startSink>>;

/** An Astria that reads everything and keeps nothing. */
async function startSink() {
  const seen = { bytes: 0, brokeOffAt: 0 };
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => {
      seen.bytes += chunk.length;
    });
    request.on('error', () => {});
    request.on('close', () => {
      if (!request.complete) seen.brokeOffAt = performance.now();
    });
    request.on('end', () => response.writeHead(201).end('{"id":1,"title":"Ines"}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes: () => seen.bytes,
    brokeOffAt: () => seen.brokeOffAt,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Returns by how much the memory of the gateways and of the proxy has grown at most, each by itself. */
function samplePeaks({ gateways, front }: World) {
  const groups = {
    gatewayGrownMb: gateways.map(({ pid }) => pid),
    proxyGrownMb: [front.pid(), ...childrenOf(front.pid())],
  };
  const before = new Map(
    Object.values(groups)
      .flat()
      .map((pid) => [pid, memoryOf(pid)]),
  );
  const peaks = new Map(before);
  const timer = setInterval(() => {
    for (const [pid, peak] of peaks) peaks.set(pid, Math.max(peak, memoryOf(pid)));
  }, SAMPLE_MS);
  const grown = (pids: readonly number[]) =>
    Math.round(
      Math.max(...pids.map((pid) => Number(peaks.get(pid)) - Number(before.get(pid)))) / 1e5,
    ) / 10;
  return {
    end() {
      clearInterval(timer);
      return {
        gatewayGrownMb: grown(groups.gatewayGrownMb),
        proxyGrownMb: grown(groups.proxyGrownMb),
      };
    },
  };
}

const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

/** Returns the milliseconds from the client's leaving until Astria has heard of it. */
async function abort(url: string, astria: Sink, content: Buffer): Promise<number> {
  const [from, brokeOffAt] = [astria.bytes(), astria.brokeOffAt()];
  const { outgoing } = begin(url, KEY);
  for (const piece of HEAD) outgoing.write(piece);
  outgoing.write(file('0', content).subarray(0, content.length / 2));
  while (astria.bytes() - from < content.length / 4) await sleep(1);
  const leftAt = performance.now();
  outgoing.destroy();
  while (astria.brokeOffAt() === brokeOffAt) await sleep(1);
  return astria.brokeOffAt() - leftAt;
}
