/** How soon the gateway answers, and what it holds while it waits. */
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../figures.ts';
import { startServer } from '../servers.ts';
import { rssMegabytes } from './proc.ts';
import type { Bench } from './rounds.ts';

const TIMES = 5;
const REST_MS = 2000;

export interface Beginning {
  /** From `node` to the first answer. */
  startMs: number;
  idleRss: number;
}

export async function measureStart({ sites, folder, repository }: Bench): Promise<Beginning> {
  const [{ upstream }] = sites;
  const times: number[] = [];
  const sizes: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const begun = performance.now();
    const gateway = await startServer('gateway', { upstream: upstream.url, folder, repository });
    times.push(performance.now() - begun);
    await sleep(REST_MS);
    sizes.push(rssMegabytes(gateway.process.pid));
    await gateway.process.stop();
  }
  return { startMs: median(times), idleRss: median(sizes) };
}
