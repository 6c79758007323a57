/** A reader that takes nothing while much changes, and then wants to know. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type JobTold, openJobs } from './client.ts';
import { memoryOf } from './process-figures.ts';
import { addJob, KEY, openStand } from './stand.ts';

/** A look at what is new comes each two seconds. */
const ROUND_MS = 2100;
export interface SleeperOptions {
  ids: number;
  rounds: number;
  /** So that the first events fill what lies between the processes. */
  textBytes: number;
}

export async function sleepThrough({ ids: count, rounds, textBytes }: SleeperOptions) {
  const stand = await openStand();
  try {
    const gateway = await stand.start();
    const account = stand.emulator.account(KEY);
    const ids = Array.from({ length: count }, (_, index) => 1000 + index);
    for (const id of ids) addJob(account, id, 3600, { text: 'x'.repeat(textBytes) });
    let events = 0;
    const newest = new Map<string, string>();
    const stream = openJobs(
      gateway.url,
      { ids, key: KEY, fields: 'status text updatedAt' },
      ({ node }: JobTold) => {
        events++;
        newest.set(node.id, node.updatedAt ?? '');
      },
    );
    while (newest.size < count) await sleep(20);
    stream.sleep();
    const before = memoryOf(gateway.pid);
    let last = '';
    for (let round = 0; round < rounds; round++) {
      last = new Date(Date.now()).toISOString();
      for (const id of ids) account.updatePrompt(id, { updated_at: last });
      await sleep(ROUND_MS);
    }
    const grownMb = (memoryOf(gateway.pid) - before) / 1024 ** 2;
    stream.wake();
    const until = Date.now() + 20_000;
    const isNewest = () =>
      [...newest.values()].every((moment) => Date.parse(moment) === Date.parse(last));
    while (!isNewest() && Date.now() < until) await sleep(50);
    stream.leave();
    return { changes: count * rounds, events: events - count, grownMb, isNewest: isNewest() };
  } finally {
    await stand.close();
  }
}
