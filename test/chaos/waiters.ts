/** Clients that wait for jobs during the storm, by streams and by `waitFor`. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Emulator } from '../../src/emulator/serve.ts';
import { globalId } from '../../src/graphql/ids.ts';
import { follow, newTally } from '../streams/follow.ts';
import { addJob } from '../streams/stand.ts';
import type { Party } from './parties.ts';
import type { WaitReport } from './report.ts';
import { perform, type Stage } from './scenes.ts';
import type { Offend } from './verdict.ts';

const KEY = 'sd_waiting';
const WAITING: Party = {
  ...{ name: 'waiting', headers: { authorization: `Bearer ${KEY}` }, account: KEY },
  ...{ mayWrite: false, isBound: false, isIdempotent: false, newOriginal: () => 0 },
};
const STREAMS = 3;
const IDS_EACH = 5;
const LONGEST_JOB_S = 4;
/** So that most streams are left before their jobs are done. */
const LEAST_STAY_MS = 1000;
const LONGEST_STAY_MS = 4000;
/** Polls that fail are up to a minute apart. */
const PATIENCE_MS = 150_000;
const PAUSE_MS = 300;

const WAIT_FOR =
  'query ($ids: [ID!]!) { waitFor(ids: $ids, seconds: 4) { isDone nodes { id ... on Prompt { status } } } }';

export function startWaiters(stage: Stage, emulator: Emulator, url: string) {
  const tally: Omit<WaitReport, 'left'> = { jobs: 0, ...newTally() };
  const account = emulator.account(KEY);
  let isOver = false;
  let next = 1;
  const newJobs = () => {
    const ids = Array.from({ length: IDS_EACH }, () => next++);
    for (const id of ids) addJob(account, id, 1 + stage.random.below(LONGEST_JOB_S));
    tally.jobs += ids.length;
    return { ids, until: Date.now() + PATIENCE_MS };
  };
  const staysMs = () => LEAST_STAY_MS + stage.random.below(LONGEST_STAY_MS - LEAST_STAY_MS);
  const byStreams = async () => {
    while (!isOver) {
      await follow({ ...newJobs(), key: KEY, url: () => url, mayFail: true, staysMs }, tally);
    }
  };
  const byAsking = async () => {
    while (!isOver) {
      const { ids, until } = newJobs();
      if (!(await areDone(stage, ids, until))) tally.lost += ids.length;
    }
  };
  const waiting = Promise.all([...Array.from({ length: STREAMS }, byStreams), byAsking()]);
  return {
    /** Begins nothing new. */
    stop() {
      isOver = true;
    },
    /** Waits until all that was begun is told. */
    async ended() {
      await waiting;
      return tally;
    },
  };
}

async function areDone(stage: Stage, ids: readonly number[], until: number): Promise<boolean> {
  const variables = { ids: ids.map((id) => globalId('Prompt', id)) };
  while (Date.now() < until) {
    const told = await perform(stage, { party: WAITING, query: WAIT_FOR, variables });
    const { isDone, nodes } = told?.data?.waitFor ?? {};
    if (isDone) return nodes.every((node: { status: string }) => node?.status === 'SUCCEEDED');
    await sleep(PAUSE_MS);
  }
  return false;
}

export function judgeWaiting({ lost, repeated, backwards, left }: WaitReport, offend: Offend) {
  if (lost > 0) offend('lost state', `${lost} final states were not told`);
  if (repeated > 0) offend('repeated state', `${repeated} were told again with a cursor`);
  if (backwards > 0) offend('repeated state', `${backwards} were told after later ones`);
  if (left > 0) offend('leak', `${left} streams are open, and nobody waits`);
}
