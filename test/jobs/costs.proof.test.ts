/** What waiting costs at Astria in an hour, by each way: the table of docs/waiting.md. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openEvents } from './sse.ts';
import { JOBS } from './subscribed.ts';
import { at, promptId, startJobs } from './support.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const POLL_MS = 5000;
const IDS_AT_ONCE = 100;

/** Jobs that begin now, and take longer than an hour. */
async function start(jobs: number) {
  let calls = 0;
  const onCall = () => {
    calls++;
    return { headers: {}, over: () => {} };
  };
  const environment = { MAX_UPSTREAM_CALLS: '1000' };
  const gateway = await startJobs({ environment, watchers: () => [{ onCall }] });
  const ids = Array.from({ length: jobs }, (_, index) => 1000 + index);
  for (const id of ids) {
    gateway.account.addPrompt({
      id,
      created_at: at(0),
      started_training_at: at(0),
      trained_at: null,
    });
  }
  const parts = Array.from({ length: Math.ceil(jobs / IDS_AT_ONCE) }, (_, part) =>
    ids.slice(part * IDS_AT_ONCE, (part + 1) * IDS_AT_ONCE).map(promptId),
  );
  const { clock } = gateway;
  const until = (ms: number) =>
    new Promise<void>((resolve) => clock.wakeAt(Date.parse(at(0)) + ms, resolve));
  return { ...gateway, parts, until, calls: () => calls };
}

type Started = Awaited<ReturnType<typeof start>>;

/** Whose stream ends comes back. */
async function subscribe({ url, parts, until, passUntil, calls }: Started) {
  const over = { isSo: false };
  for (const ids of parts) {
    void (async () => {
      for (let after: unknown; !over.isSo; ) {
        const stream = await openEvents(url, { query: JOBS, variables: { ids, after } });
        await stream.ended;
        after = stream.values().at(-1)?.cursor ?? after;
      }
    })().catch(() => {});
  }
  await passUntil(until(HOUR_MS));
  over.isSo = true;
  return calls();
}

const WAIT = 'query Wait($ids: [ID!]!) { waitFor(ids: $ids, seconds: 55) { isDone } }';

/** A cron job, each minute. */
async function waitEachMinute({ run, parts, until, passUntil, calls }: Started) {
  const cron = async (ids: readonly string[]) => {
    for (let begin = 0; begin < HOUR_MS; begin += MINUTE_MS) {
      await until(begin);
      await run(WAIT, { ids });
    }
  };
  await passUntil(Promise.all(parts.map(cron)));
  return calls();
}

/** Each job by itself, for a minute of the hour: all are alike. */
async function poll({ run, parts, until, passUntil, calls }: Started) {
  const query = 'query Poll($id: ID!) { prompt(id: $id) { status } }';
  const client = async (id: string) => {
    for (let begin = 0; begin < MINUTE_MS; begin += POLL_MS) {
      await until(begin);
      await run(query, { id });
    }
  };
  await passUntil(Promise.all(parts.flat().map(client)));
  return (calls() * HOUR_MS) / MINUTE_MS;
}

const WAYS = {
  'a subscription': subscribe,
  '`waitFor` each minute': waitEachMinute,
  'a client that asks each 5 s': poll,
};

const page = readFileSync(new URL('../../docs/waiting.md', import.meta.url), 'utf8');
const told = (way: string, column: number) =>
  Number(
    page
      .split('\n')
      .find((line) => line.startsWith(`| ${way}`))
      ?.split('|')
      [column + 2]?.replaceAll(',', ''),
  );

/** Of more it takes minutes to see. */
const sizes = [1, 100];

test.each(
  Object.entries(WAYS).flatMap(([way, ask]) =>
    sizes.map((jobs, column) => ({ way, ask, jobs, column })),
  ),
)(
  '$way costs what the docs say, with $jobs jobs',
  { timeout: 120_000 },
  async ({ way, ask, jobs, column }) => {
    const calls = await ask(await start(jobs));
    // A stream lasts an hour, less some minutes at random.
    expect(Math.abs(calls - told(way, column))).toBeLessThanOrEqual(3);
  },
);
