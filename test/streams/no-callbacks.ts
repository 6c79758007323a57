/** Each callback is lost: what the polls find by themselves, when, and for how many calls. */
import { createPrompt, openJobs } from './client.ts';
import { openOutside } from './outside.ts';
import { KEY, openStand, type Replica, SECRET, type Stand } from './stand.ts';

const IDS_PER_STREAM = 100;
const CREATED_AT_ONCE = 20;
/** The least time between the calls of two polls. */
const TICK_GAP_MS = 500;
const QUEUE_MS = 1000;
const RICH_MC = 1e15;

export interface LossOptions {
  jobs: number;
  /** How long Astria takes for each, in seconds. */
  runS: number;
}

export async function loseAllCallbacks({ jobs, runS }: LossOptions) {
  const durations = { promptQueueMs: QUEUE_MS, promptRunMs: runS * 1000 };
  const stand = await openStand({ durations });
  const outside = await openOutside();
  try {
    const { emulator } = stand;
    const gateway = await stand.start({ PUBLIC_URL: outside.url, CALLBACK_SECRET: SECRET });
    emulator.account(KEY).balanceMc = RICH_MC;
    emulator.failCallback({ url: outside.url, copies: 0, times: jobs });
    const ids = await createAll(gateway, jobs);
    const calls = timesOfCalls(emulator.requests);
    const openedAt = Date.now();
    const doneAt = await follow(gateway, ids);
    const lags = [...doneAt].map(([id, at]) => at - Math.max(openedAt, endOf(stand, id)));
    return {
      told: lags.length,
      longestLagMs: Math.max(...lags),
      // The first is the streams' own first reads.
      mostCallsATick: Math.max(...ticksOf(calls).slice(1)),
      lost: jobs - (await callbacksToLose(emulator.url)),
      callbacks: outside.received.length,
    };
  } finally {
    await stand.close();
    outside.close();
  }
}

async function createAll({ url }: Replica, jobs: number): Promise<number[]> {
  const ids: number[] = [];
  let next = 0;
  const work = async () => {
    while (next < jobs) {
      const { data, errors } = await createPrompt(url, KEY, `pier ${next++}`);
      const id = data?.createPrompt?.prompt?.astriaId;
      if (!id) throw new Error(JSON.stringify(errors));
      ids.push(id);
    }
  };
  await Promise.all(Array.from({ length: CREATED_AT_ONCE }, work));
  return ids.sort((a, b) => a - b);
}

/** Returns when each was told to be done. */
async function follow({ url }: Replica, ids: readonly number[]) {
  const doneAt = new Map<number, number>();
  const streams = Array.from({ length: Math.ceil(ids.length / IDS_PER_STREAM) }, (_, part) => {
    const own = ids.slice(part * IDS_PER_STREAM, (part + 1) * IDS_PER_STREAM);
    return openJobs(
      url,
      { ids: own, key: KEY, fields: 'status astriaId' },
      ({ isDone, node: { astriaId } }) => {
        if (isDone && astriaId) doneAt.set(astriaId, Date.now());
      },
    );
  });
  await Promise.all(streams.map(({ ended }) => ended));
  return doneAt;
}

const endOf = ({ emulator }: Stand, id: number) =>
  Date.parse(emulator.account(KEY).prompt(id)?.trained_at ?? '');

async function callbacksToLose(emulatorUrl: string): Promise<number> {
  const answer = await fetch(new URL('/emulator/callback-faults', emulatorUrl));
  const armed = (await answer.json()) as { times: number }[];
  return armed.reduce((sum, { times }) => sum + times, 0);
}

function timesOfCalls(requests: { push(...entries: never[]): number }) {
  const times: number[] = [];
  const { push } = requests;
  requests.push = (...entries) => {
    times.push(Date.now());
    return push.apply(requests, entries);
  };
  return times;
}

/** Returns how many calls each poll took. */
function ticksOf(times: readonly number[]): number[] {
  const ticks: number[] = [];
  for (const [index, time] of times.entries()) {
    if (time - (times[index - 1] ?? 0) > TICK_GAP_MS) ticks.push(0);
    ticks.push((ticks.pop() ?? 0) + 1);
  }
  return ticks;
}
