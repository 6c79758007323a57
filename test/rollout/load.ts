/** Reads and paid writes at a rate, whatever becomes of them; and what each was answered. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Front } from './front.ts';

/** Accounts of Astria's, so that none waits for its places at the gateway. */
export const KEYS = Array.from({ length: 20 }, (_, index) => `sd_rollout${index}`);

const PHOTO = 'https://a.example/1.jpg';
const READ = '{ tunes(first: 10) { nodes { title status } } }';
const WRITE =
  'mutation ($input: CreateTuneInput!) { createTune(input: $input) { tune { title } } }';
/** One in so many is a write. */
const WRITES = 5;

export interface Tally {
  reads: number;
  writes: number;
  /** Titles of what was answered as made. */
  made: string[];
  /** Writes whose answer is that nobody knows. */
  unknown: number;
  failures: string[];
  /** From the sending to the answer. */
  ms: number[];
}

export interface Load {
  tally: Tally;
  /** A second's requests at once, which leave a proxy with many idle connections. */
  burst(): void;
  /** Sends nothing more, and waits for what is under way. */
  end(): Promise<void>;
}

export function startLoad(front: Front, ratePerSecond: number): Load {
  const tally: Tally = { reads: 0, writes: 0, made: [], unknown: 0, failures: [], ms: [] };
  const underWay = new Set<Promise<void>>();
  let isOver = false;
  let number = 0;
  const send = () => {
    number++;
    const one = (number % WRITES === 0 ? write : read)(front, tally, number);
    underWay.add(one);
    void one.finally(() => underWay.delete(one));
  };
  const sending = (async () => {
    while (!isOver) {
      send();
      // As independent clients come: sometimes many at once, sometimes none for a while.
      await sleep((-Math.log(1 - Math.random()) * 1000) / ratePerSecond);
    }
  })();
  return {
    tally,
    burst() {
      for (let sent = 0; sent < ratePerSecond; sent++) send();
    },
    async end() {
      isOver = true;
      await sending;
      await Promise.all(underWay);
    },
  };
}

async function read(front: Front, tally: Tally, number: number) {
  tally.reads++;
  const { data } = await ask(front, tally, { number, query: READ });
  if (data && !Array.isArray((data as { tunes?: { nodes?: unknown } }).tunes?.nodes)) {
    tally.failures.push(`a read was answered ${JSON.stringify(data)}`);
  }
}

async function write(front: Front, tally: Tally, number: number) {
  tally.writes++;
  const title = `rollout ${number}`;
  // Each other one has a key, so that both ways through the ledger are gone.
  const key = number % (2 * WRITES) === 0 && { idempotencyKey: title };
  const input = { title, name: 'woman', modelType: 'faceid', imageUrls: [PHOTO], ...key };
  const { data } = await ask(front, tally, { number, query: WRITE, variables: { input } });
  if (!data) return;
  const told = (data as { createTune?: { tune?: { title?: string } } }).createTune?.tune?.title;
  if (told === title) tally.made.push(title);
  else tally.failures.push(`the write of ${title} was answered ${JSON.stringify(data)}`);
}

interface Question {
  number: number;
  query: string;
  variables?: object;
}

/** Its data; nothing where it failed, which is in the tally. */
async function ask(front: Front, tally: Tally, { number, ...question }: Question) {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${KEYS[number % KEYS.length]}`,
  };
  const begunMs = performance.now();
  try {
    const { status, body } = await front.send(headers, JSON.stringify(question));
    tally.ms.push(performance.now() - begunMs);
    if (body.includes('"UNKNOWN"')) tally.unknown++;
    const { data, errors } = status === 200 ? JSON.parse(body) : { errors: true };
    if (!errors) return { data: data as object };
    tally.failures.push(`${number} was answered ${status}: ${body.slice(0, 300)}`);
  } catch (error) {
    tally.failures.push(`${number} had no answer: ${error}`);
  }
  return {};
}
