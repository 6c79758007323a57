/** `kill -9` under streams, which go on at another replica. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Random, seededRandom } from '../../src/emulator/random.ts';
import { follow, newTally } from './follow.ts';
import { addJob, KEY, openStand, type Replica, type Stand } from './stand.ts';

export interface KillOptions {
  kills: number;
  /** Waited for at a time. */
  jobs: number;
  seed: number;
  onKill?(done: number): void;
}

const REPLICAS = 3;
const IDS_PER_STREAM = 10;
const LONGEST_JOB_S = 12;
const LONGEST_PAUSE_MS = 300;
/** After its end a job that is not told is lost. */
const PATIENCE_MS = 30_000;

export async function killUnderStreams({ kills, jobs, seed, onKill }: KillOptions) {
  const stand = await openStand({ isShared: true, isMeasured: false });
  const random = seededRandom(seed);
  const replicas = new Replicas(stand, random);
  const tally = { kills: 0, jobs: 0, ...newTally() };
  const url = () => replicas.any().url;
  try {
    await replicas.fill();
    const killing = (async () => {
      while (tally.kills < kills) {
        await sleep(random.below(LONGEST_PAUSE_MS));
        if (!(await replicas.killOne())) continue;
        tally.kills++;
        onKill?.(tally.kills);
      }
    })();
    let next = 1000;
    while (tally.kills < kills) {
      const account = stand.emulator.account(KEY);
      const ids = Array.from({ length: jobs }, () => next++);
      for (const id of ids) addJob(account, id, 1 + random.below(LONGEST_JOB_S));
      const until = Date.now() + LONGEST_JOB_S * 1000 + PATIENCE_MS;
      const parts = Math.ceil(jobs / IDS_PER_STREAM);
      await Promise.all(
        Array.from({ length: parts }, (_, part) => {
          const own = ids.slice(part * IDS_PER_STREAM, (part + 1) * IDS_PER_STREAM);
          return follow({ ids: own, key: KEY, url, until }, tally);
        }),
      );
      tally.jobs += jobs;
    }
    await killing;
    return tally;
  } finally {
    await replicas.settle();
    await stand.close();
  }
}

class Replicas {
  readonly #stand: Stand;
  readonly #random: Random;
  readonly #alive = new Set<Replica>();
  readonly #starting = new Set<Promise<void>>();

  constructor(stand: Stand, random: Random) {
    this.#stand = stand;
    this.#random = random;
  }

  async fill() {
    await Promise.all(Array.from({ length: REPLICAS }, () => this.#start()));
  }

  any(): Replica {
    return this.#random.pick([...this.#alive]);
  }

  /** One stays. */
  async killOne(): Promise<boolean> {
    if (this.#alive.size < 2) return false;
    const one = this.any();
    this.#alive.delete(one);
    await one.kill();
    const starting = this.#start();
    this.#starting.add(starting);
    void starting.finally(() => this.#starting.delete(starting));
    return true;
  }

  async settle() {
    await Promise.all(this.#starting);
  }

  async #start() {
    this.#alive.add(await this.#stand.start());
  }
}
