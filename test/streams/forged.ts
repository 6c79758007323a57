/** What nobody here has signed, and what names the jobs of others; and Astria's own idempotency, with callbacks on. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createPrompt, openJobs } from './client.ts';
import { openOutside, post } from './outside.ts';
import { addJob, openStand, type Replica, SECRET, type Stand } from './stand.ts';

const LARGE_BYTES = 1_000_000;
const WAITED_FOR = 777_777;
const SETTLED_MS = 500;

export async function forgeCallbacks() {
  const stand = await openStand({ durations: { promptQueueMs: 10, promptRunMs: 10 } });
  const outside = await openOutside();
  try {
    const gateway = await stand.start({ PUBLIC_URL: outside.url, CALLBACK_SECRET: SECRET });
    for (const key of ['sd_own', 'sd_other']) await createPrompt(gateway.url, key, 'a pier');
    while (outside.received.length < 2) await sleep(20);
    const [own, others] = outside.received.map(({ path }) => path) as [string, string];
    return {
      ...(await forge(gateway, stand, { own, others })),
      warnings: await createTwice(gateway, stand),
    };
  } finally {
    await stand.close();
    outside.close();
  }
}

async function forge(
  { url, metric }: Replica,
  { emulator }: Stand,
  { own, others }: { own: string; others: string },
) {
  // As old as that it is looked at each minute, so that each call is one too many.
  addJob(emulator.account('sd_waits'), WAITED_FOR, 3600, {
    created_at: new Date(Date.now() - 3_600_000).toISOString(),
    started_training_at: new Date(Date.now() - 3_600_000).toISOString(),
  });
  const waiting = openJobs(url, { ids: [WAITED_FOR], key: 'sd_waits' }, () => {});
  while ((await metric('jobs_watched')) < 1) await sleep(20);
  const before = emulator.requests.length;
  const { origin } = new URL(url);
  const body = Buffer.from(JSON.stringify({ prompt: { id: WAITED_FOR } }));
  const forged = [
    [origin + withMac(own, 'A'.repeat(22)), body],
    [origin + withMac(own, others.split('.').at(-1) ?? ''), body],
    [origin + own, Buffer.alloc(LARGE_BYTES, ' ')],
    // Its own address, and the job of another: nobody is woken.
    [origin + own, body],
  ] as const;
  const answers = await Promise.all(forged.map(([address, text]) => post(address, text)));
  await sleep(SETTLED_MS);
  const calls = emulator.requests.length - before;
  waiting.leave();
  return {
    statuses: answers.map(({ status }) => status),
    calls,
    bytesOfOthers: answers.filter(({ text }) => /sd_|pier|777777/.test(text)).length,
  };
}

const withMac = (path: string, mac: string) => path.replace(/[^.]+$/, mac);

async function createTwice({ url }: Replica, { emulator }: Stand) {
  emulator.account('sd_twice').idempotent = true;
  const answers = [];
  for (const _ of [1, 2]) answers.push(await createPrompt(url, 'sd_twice', 'a quay'));
  return answers.map(({ data }) => data?.createPrompt?.warnings?.map(({ code }) => code));
}
