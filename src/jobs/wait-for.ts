/** `Query.waitFor`, for clients that cannot hold a stream open. */
import type { Context } from '../context.ts';
import { builder } from '../graphql/builder.ts';
import { upstream } from '../graphql/cost/cost.ts';
import { badRequest } from '../graphql/errors.ts';
import { NodeInterface } from '../graphql/node.ts';
import { forgetReads, scopeIn } from '../scope.ts';
import { look } from './first-look.ts';
import { type Job, type JobRow, jobsIn, MAX_JOBS, seeJob } from './job.ts';
import type { Seat } from './seats.ts';
import { endOf, isLater, type Sighting } from './sighting.ts';

const MAX_SECONDS = 55;
const DEFAULT_SECONDS = 25;

interface Waited {
  nodes: (JobRow | null)[];
  isDone: boolean;
}

const WaitResultType = builder.objectRef<Waited>('WaitResult').implement({
  description: 'The prompts and tunes, as they were when the wait ended.',
  fields: (t) => ({
    nodes: t.expose('nodes', {
      type: [NodeInterface],
      nullable: { list: false, items: true },
      description: 'The prompts and tunes in the order of `ids`; null for one that is not there.',
    }),
    isDone: t.exposeBoolean('isDone', {
      nullable: false,
      description:
        'Whether there is nothing more to wait for: each is finished, has failed, is gone, or is given up. If not, query again.',
    }),
  }),
});

builder.queryField('waitFor', (t) =>
  t.field({
    type: WaitResultType,
    nullable: false,
    description:
      'Waits for unfinished prompts and tunes: answers when all are done, or when the time is up, with the state of each. One in an operation, none in a batch. A client that can hold a connection open subscribes to `jobs` instead.',
    args: {
      ids: t.arg.idList({
        required: true,
        description: `Global ids of prompts and tunes, at most ${MAX_JOBS}.`,
      }),
      seconds: t.arg.int({
        defaultValue: DEFAULT_SECONDS,
        description: `How long to wait at most, 0 to ${MAX_SECONDS}.`,
      }),
    },
    extensions: upstream({ calls: 'nodes', times: 2, rows: 'argument', waits: true }),
    resolve: async (_, { ids, seconds }, context) => {
      const jobs = jobsIn(ids);
      const sightings = await waitFor(context, jobs, checkedSeconds(seconds ?? DEFAULT_SECONDS));
      return resultOf(jobs, sightings);
    },
  }),
);

function checkedSeconds(seconds: number): number {
  if (seconds >= 0 && seconds <= MAX_SECONDS) return seconds;
  throw badRequest(`\`seconds\` is ${seconds}; it can be 0 to ${MAX_SECONDS}.`, {
    name: 'seconds',
    max: MAX_SECONDS,
    found: seconds,
  });
}

type Sightings = Map<string, Sighting>;

async function waitFor(
  context: Context,
  jobs: readonly Job[],
  seconds: number,
): Promise<Sightings> {
  const { clock, seats } = context.jobs;
  const until = clock.now() + seconds * 1000;
  const seat = seconds > 0 ? seats.take(context, false) : undefined;
  try {
    const found: Sightings = new Map();
    const distinct = new Map(jobs.map((job) => [job.key, job])).values();
    for (const sighting of await look(context, distinct)) found.set(sighting.job.key, sighting);
    const open = [...found.values()].filter(isOpen);
    if (!seat || open.length === 0) return found;
    await untilDone(context, { found, open, until, seat });
    if (!seat.ended.aborted) await lookAgain(context, found);
    return found;
  } finally {
    seat?.leave();
  }
}

const isOpen = ({ version }: Sighting) => endOf(version) === null;

interface Waiting {
  found: Sightings;
  open: readonly Sighting[];
  until: number;
  seat: Seat;
}

/** Waits until all jobs are done, the time is up, or the seat has ended. */
async function untilDone(context: Context, { found, open, until, seat }: Waiting): Promise<void> {
  const { clock } = context.jobs;
  const left = new Set(open.map(({ job }) => job.key));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const cancel = clock.wakeAt(until, resolve);
  seat.ended.addEventListener('abort', () => resolve(), { once: true });
  const unwatch = context.jobs.watcherFor(context).watch(open, {
    seen(sighting) {
      const { key } = sighting.job;
      if (isLater(sighting.version, found.get(key)?.version)) found.set(key, sighting);
      if (!isOpen(sighting)) left.delete(key);
      if (left.size === 0) resolve();
    },
    failed: reject,
  });
  if (seat.ended.aborted) resolve();
  try {
    await promise;
  } finally {
    cancel();
    unwatch();
  }
}

/** Reads unfinished jobs again, and makes the rest of the operation read anew. */
async function lookAgain(context: Context, found: Sightings) {
  forgetReads(context);
  const open = [...found.values()].filter(isOpen);
  const jobs = open.map(({ job }) => job);
  // If that fails, the last state that was seen is the answer.
  for (const sighting of await look(context, jobs).catch(() => [])) {
    const { key } = sighting.job;
    if (isLater(sighting.version, found.get(key)?.version)) found.set(key, sighting);
  }
  for (const { row } of found.values()) seeJob(scopeIn(context), row);
}

function resultOf(jobs: readonly Job[], sightings: Sightings): Waited {
  const nodes = jobs.map(({ key }) => sightings.get(key)?.row ?? null);
  return { nodes, isDone: ![...sightings.values()].some(isOpen) };
}
