/** Not one callback comes: what the looks find by themselves, when, and for how many calls. */
import { openJobs } from './client.ts';
import { addJob, KEY, openStand, SECRET } from './stand.ts';

const IDS_PER_STREAM = 100;
/** Between two looks there is more. */
const TICK_GAP_MS = 500;

export async function loseAllCallbacks({
  jobs,
  fromS,
  toS,
}: {
  jobs: number;
  fromS: number;
  toS: number;
}) {
  const stand = await openStand();
  try {
    const gateway = await stand.start({
      ...{ PUBLIC_URL: 'http://127.0.0.1:9', CALLBACK_SECRET: SECRET },
    });
    const account = stand.emulator.account(KEY);
    const ids = Array.from({ length: jobs }, (_, index) => 1000 + index);
    const ends = new Map<string, number>();
    for (const [index, id] of ids.entries()) {
      const forS = fromS + ((toS - fromS) * index) / jobs;
      addJob(account, id, forS);
      ends.set(String(id), Date.now() + forS * 1000);
    }
    const calls = timesOfCalls(stand.emulator.requests);
    const lags: number[] = [];
    const parts = Array.from({ length: Math.ceil(jobs / IDS_PER_STREAM) }, (_, part) =>
      ids.slice(part * IDS_PER_STREAM, (part + 1) * IDS_PER_STREAM),
    );
    const streams = parts.map((own) =>
      openJobs(
        gateway.url,
        { ids: own, key: KEY, fields: 'status astriaId' },
        ({ isDone, node }) => {
          const { astriaId } = node as unknown as { astriaId: number };
          if (isDone) lags.push(Date.now() - (ends.get(String(astriaId)) ?? 0));
        },
      ),
    );
    await Promise.all(streams.map(({ ended }) => ended));
    return {
      told: lags.length,
      longestLagMs: Math.max(...lags),
      // The streams' own first reads are a look each.
      mostCallsATick: Math.max(...ticksOf(calls).slice(1)),
      callbacks: await gateway.metric('callbacks_total'),
    };
  } finally {
    await stand.close();
  }
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

/** How many calls lie together. */
function ticksOf(times: readonly number[]): number[] {
  const ticks: number[] = [];
  for (const [index, time] of times.entries()) {
    if (time - (times[index - 1] ?? 0) > TICK_GAP_MS) ticks.push(0);
    ticks.push((ticks.pop() ?? 0) + 1);
  }
  return ticks;
}
