/** Many streams on one process: what each holds, how soon it is told, what all cost while nothing happens, and what is left. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openJobs, type Reader } from './client.ts';
import { cpuOf, descriptorsOf, memoryOf } from './process-figures.ts';
import { addJob, openStand, type Replica } from './stand.ts';

export interface ManyOptions {
  streams: number;
  keys: number;
  /** Of the jobs: how often they are looked at. */
  ageS: number;
  /** Streams before it is weighed: what the first of a process load and compile is not what a stream holds. */
  warmUp: number;
  /** For so long nothing happens. */
  idleS: number;
}

const OPENED_AT_ONCE = 50;
const SETTLE_MS = 3000;

export async function openMany({ streams, keys, ageS, warmUp, idleS }: ManyOptions) {
  const stand = await openStand();
  try {
    const gateway = await stand.start({ MAX_STREAMS: String(streams) });
    const jobs = Array.from({ length: streams }, (_, index) => ({
      key: `sd_many_${index % keys}`,
      id: 1000 + Math.floor(index / keys),
    }));
    const began = new Date(Date.now() - ageS * 1000).toISOString();
    const old = { created_at: began, started_training_at: began, trained_at: null };
    for (const { key, id } of jobs) addJob(stand.emulator.account(key), id, 0, old);
    await openFinished(gateway, stand.emulator.account('sd_warm'), warmUp);
    // A key that Astria has not accepted yet counts by its address.
    for (const { key } of jobs.slice(0, keys)) {
      await openFinished(gateway, stand.emulator.account(key), 1);
    }
    const before = { bytes: memoryOf(gateway.pid), fds: descriptorsOf(gateway.pid) };
    const { readers, told, doneAt } = await openAll(gateway.url, jobs);
    await sleep(SETTLE_MS);
    const bytesEach = (memoryOf(gateway.pid) - before.bytes) / streams;
    const cpu = cpuOf(gateway.pid);
    await sleep(idleS * 1000);
    const idleCpu = (cpuOf(gateway.pid) - cpu) / idleS;
    const changedAt = Date.now();
    const trained_at = new Date(changedAt).toISOString();
    for (const { key, id } of jobs) stand.emulator.account(key).updatePrompt(id, { trained_at });
    await Promise.all(readers.map(({ ended }) => ended));
    const lags = doneAt.map((moment) => moment - changedAt).sort((a, b) => a - b);
    await sleep(SETTLE_MS);
    return {
      ...{
        told: told.count,
        bytesEach,
        idleCpu,
        p99LagMs: lags[Math.floor(lags.length * 0.99)] ?? 0,
      },
      left: {
        streams: await gateway.metric('streams'),
        watched: await gateway.metric('jobs_watched'),
        connections: await gateway.metric('connections'),
        fds: descriptorsOf(gateway.pid) - before.fds,
      },
    };
  } finally {
    await stand.close();
  }
}

type Account = Parameters<typeof addJob>[0];

async function openFinished({ url }: Replica, account: Account, count: number) {
  for (let id = 1; id <= count; id++) {
    addJob(account, id, -1);
    await openJobs(url, { ids: [id], key: account.key }, () => {}).ended;
  }
}

async function openAll(url: string, jobs: readonly { key: string; id: number }[]) {
  const readers: Reader[] = [];
  const doneAt: number[] = [];
  const told = { count: 0 };
  for (let start = 0; start < jobs.length; start += OPENED_AT_ONCE) {
    const some = jobs.slice(start, start + OPENED_AT_ONCE).map(({ key, id }) => {
      const { promise: begun, resolve } = Promise.withResolvers<void>();
      const reader = openJobs(url, { ids: [id], key }, ({ isDone }) => {
        told.count++;
        if (isDone) doneAt.push(Date.now());
        resolve();
      });
      readers.push(reader);
      return Promise.race([begun, reader.ended]);
    });
    await Promise.all(some);
  }
  return { readers, told, doneAt };
}
