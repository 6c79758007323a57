/** Clients that wait for jobs through a proxy, for as long as processes behind it come and go. */
import type { Emulator } from '../../src/emulator/serve.ts';
import { follow, newTally } from '../streams/follow.ts';
import { addJob } from '../streams/stand.ts';

const IDS_EACH = 5;
const LONGEST_JOB_S = 5;
/** After its end a job that is not told is lost. */
const PATIENCE_MS = 30_000;
const FIRST_ID = 100_000;

/** Each follower waits for jobs, and for new ones when those are done, until `end`. */
export function followJobs(emulator: Emulator, url = '', followers = 0) {
  const tally = newTally();
  const state = { isOver: false, next: FIRST_ID, jobs: 0 };
  async function followOn(follower: number) {
    const key = `sd_follower${follower}`;
    while (!state.isOver) {
      const ids = Array.from({ length: IDS_EACH }, () => state.next++);
      for (const [index, id] of ids.entries()) {
        addJob(emulator.account(key), id, 1 + ((follower + index) % LONGEST_JOB_S));
      }
      state.jobs += ids.length;
      const until = Date.now() + LONGEST_JOB_S * 1000 + PATIENCE_MS;
      // A proxy may answer for a process that has just gone.
      await follow({ ids, key, url: () => url, until, mayFail: true }, tally);
    }
  }
  const following = Array.from({ length: followers }, (_, index) => followOn(index));
  return {
    async end() {
      state.isOver = true;
      await Promise.all(following);
      return { ...tally, jobs: state.jobs };
    },
    offences: () => [
      ...(tally.lost > 0 ? [`${tally.lost} final states were lost`] : []),
      ...(tally.repeated > 0 ? [`${tally.repeated} states were repeated with a cursor`] : []),
      ...(tally.backwards > 0 ? [`${tally.backwards} states went back`] : []),
    ],
  };
}
