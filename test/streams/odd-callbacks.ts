/** Callbacks five times, out of order, and before the answer of the create. */
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../src/emulator/random.ts';
import { Door } from '../kill/door.ts';
import { createPrompt, openJobs } from './client.ts';
import { openOutside, post } from './outside.ts';
import { openStand, SECRET } from './stand.ts';

const COPIES = 5;
const LATEST_COPY_MS = 1500;
const DURATIONS = { promptQueueMs: 100, promptRunMs: 3000 };
/** Of every other the answer comes after the callback. */
const LATE_ANSWER_MS = 3500;
const SECOND_MS = 1000;

/** Each of a key of its own, so that a look is a read of one id. */
export async function sendOddCallbacks({ jobs, seed }: { jobs: number; seed: number }) {
  const random = seededRandom(seed);
  const reads = new Map<string, number[]>();
  let door: Door | undefined;
  const stand = await openStand({
    durations: DURATIONS,
    async wayTo(emulator) {
      door = new Door(emulator);
      let posts = 0;
      door.gates = {
        async request({ method, path }) {
          if (method === 'GET') reads.set(path, [...(reads.get(path) ?? []), Date.now()]);
          return 'on';
        },
        async answer({ method }) {
          if (method === 'POST' && ++posts % 2 === 0) await sleep(LATE_ANSWER_MS);
          return 'on';
        },
      };
      return door.listen();
    },
  });
  let origin = '';
  let sent = 0;
  const outside = await openOutside(({ path, body }) => {
    for (let copy = 0; copy < COPIES; copy++) {
      const send = async () => {
        await sleep(copy && random.below(LATEST_COPY_MS));
        if ((await post(origin + path, body)).status === 204) sent++;
      };
      void send().catch(() => {});
    }
  });
  try {
    const gateway = await stand.start({ PUBLIC_URL: outside.url, CALLBACK_SECRET: SECRET });
    origin = new URL(gateway.url).origin;
    const states = await Promise.all(
      Array.from({ length: jobs }, (_, index) => follow(gateway.url, `sd_odd_${index}`)),
    );
    await sleep(LATEST_COPY_MS);
    const times = [...reads].filter(([path]) => /^\/prompts\/\d+$/.test(path));
    return {
      done: states.filter((told) => told.at(-1) === 'SUCCEEDED').length,
      eventsRepeated: states.filter((told) => new Set(told).size < told.length).length,
      callbacks: sent,
      read: times.length,
      readTwiceInASecond: times.filter(([, at]) => isTwiceInASecond(at)).length,
    };
  } finally {
    await stand.close();
    await door?.close();
    outside.close();
  }
}

async function follow(url: string, key: string): Promise<string[]> {
  const { data, errors } = await createPrompt(url, key, 'a pier');
  const id = data?.createPrompt?.prompt?.astriaId;
  if (!id) throw new Error(JSON.stringify(errors));
  const told: string[] = [];
  await openJobs(url, { ids: [id], key }, ({ node }) => void told.push(node.status)).ended;
  return told;
}

const isTwiceInASecond = (times: readonly number[]) =>
  times.some((time, index) => time - (times[index - 1] ?? 0) < SECOND_MS);
