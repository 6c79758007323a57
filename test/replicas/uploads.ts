/** Large uploads through a proxy: what the gateway and the proxy hold of them, and how soon Astria hears of a client that leaves. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryOf } from '../streams/process-figures.ts';
import { type CountingAstria, startCountingAstria } from '../support/counting-astria.ts';
import { begin, END, file, post } from '../support/multipart.ts';
import type { ProxyName } from '../support/proxies.ts';
import { tuneOf } from '../support/uploads.ts';
import { openWorld, type World } from './world.ts';

export interface UploadOptions {
  files: number;
  fileBytes: number;
  aborts: number;
  proxy?: ProxyName | undefined;
}

const KEY = { authorization: 'Bearer sd_uploads' };
/** A tune with one photo, which follows. */
const HEAD = tuneOf(1);
const SAMPLE_MS = 20;
const WARM_UP = 3;

export async function uploadThroughProxy({ files, fileBytes, aborts, proxy }: UploadOptions) {
  const astria = await startCountingAstria();
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
async function abort(url: string, astria: CountingAstria, content: Buffer): Promise<number> {
  const from = astria.bytes();
  const { outgoing } = begin(url, KEY);
  for (const piece of HEAD) outgoing.write(piece);
  outgoing.write(file('0', content).subarray(0, content.length / 2));
  while (astria.bytes() - from < content.length / 4) await sleep(1);
  return astria.breakOff(outgoing);
}
