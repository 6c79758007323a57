/** What is wrong is told in the same words by whatever it was asked, before anything is opened. */
import type { GraphQLFormattedError } from 'graphql';
import { expect, test } from 'vitest';
import { openSubscription } from './sockets.ts';
import { openEvents } from './sse.ts';
import { startSubscribed } from './subscribed.ts';
import { promptId, tuneId } from './support.ts';

type Gateway = Awaited<ReturnType<typeof startSubscribed>>;
type Errors = readonly GraphQLFormattedError[] | undefined;

const byEvents = async ({ url }: Gateway, query: string): Promise<Errors> => {
  const stream = await openEvents(url, { query });
  await stream.ended;
  expect(stream.told.map(({ event }) => event)).toEqual(['next', 'complete']);
  return stream.told[0]?.result?.errors;
};

/** As `EventSource` asks. */
const byAddress = async ({ fetch }: Gateway, query: string): Promise<Errors> => {
  const headers = { accept: 'text/event-stream' };
  const response = await fetch(`/graphql?${new URLSearchParams({ query })}`, { headers });
  const [, data = ''] = /^event: next\ndata: (.*)$/m.exec(await response.text()) ?? [];
  return JSON.parse(data).errors;
};

const bySocket = async ({ url }: Gateway, query: string): Promise<Errors> => {
  const one = openSubscription(url, { query });
  await one.ended;
  expect(one.told).toEqual([]);
  return one.end.errors as Errors;
};

const TRANSPORTS = [byEvents, byAddress, bySocket];

const list = (ids: readonly string[]) => JSON.stringify(ids);
const hundred = Array.from({ length: 101 }, (_, index) => promptId(index + 1));

/** Of jobs, for `waitFor` too. */
const IDS: [string, string, string, string][] = [
  ['an id that is none', list(['45042524']), 'BAD_REQUEST', '`ids.0` is "45042524", which is not'],
  ['a text that is no id', list([promptId(7), 'x y']), 'BAD_REQUEST', '`ids.1` is "x y"'],
  ['an id of another type', list(['UGFjazox']), 'BAD_REQUEST', 'the id of a Pack: only prompts'],
  ['more than a hundred', list(hundred), 'BAD_REQUEST', 'wait for at most 100 at once'],
];

const ASKED: [string, string, string, string][] = [
  ...IDS.map(
    ([name, ids, ...told]) =>
      [`jobs: ${name}`, `jobs(ids: ${ids}) { isDone }`, ...told] as [
        string,
        string,
        string,
        string,
      ],
  ),
  [
    'jobs: an id of nobody',
    `jobs(ids: ${list([promptId(99)])}) { isDone }`,
    'NOT_FOUND',
    'Prompt 99',
  ],
  [
    'jobs: a cursor that is none',
    `jobs(ids: ${list([promptId(7)])}, after: "1~x") { isDone }`,
    'BAD_REQUEST',
    '`after` is "1~x", which is not a cursor',
  ],
  [
    'prompt: an id of a tune',
    `prompt(id: "${tuneId(5)}") { isDone }`,
    'BAD_REQUEST',
    'of a Prompt',
  ],
  ['prompt: an id of nobody', 'prompt(id: 99) { isDone }', 'NOT_FOUND', 'Prompt 99 does not exist'],
  ['tune: an id of nobody', 'tune(id: 99) { isDone }', 'NOT_FOUND', 'Tune 99 does not exist'],
  ['tune: an id that is none', 'tune(id: "x") { isDone }', 'BAD_REQUEST', '"x"'],
  [
    'a field that there is not',
    'prompt(id: 7) { done }',
    'BAD_REQUEST',
    'Cannot query field "done"',
  ],
];

test.each(ASKED)('%s', async (_, field, ...expected) => {
  const [code, words] = expected as [string, string];
  const gateway = await startSubscribed();
  gateway.add(7, null);
  const told: Errors[] = [];
  for (const ask of TRANSPORTS) told.push(await ask(gateway, `subscription { ${field} }`));
  const [first, ...others] = told;
  expect(first).toHaveLength(1);
  expect(first?.[0]?.message).toContain(words);
  expect(first?.[0]?.extensions).toMatchObject({ code });
  for (const other of others) expect(other).toEqual(first);
  expect([gateway.deps.jobs.seats.taken, gateway.deps.jobs.watched]).toEqual([0, 0]);
  if (code === 'BAD_REQUEST') expect(gateway.requests()).toEqual([]);
});

test.each(IDS)('waitFor: %s', async (_, ids, ...expected) => {
  const [code, words] = expected as [string, string];
  const { run, requests, deps } = await startSubscribed();
  const { errors } = await run(`{ waitFor(ids: ${ids}) { isDone } }`);
  expect(errors?.[0]?.message).toContain(words);
  expect(errors?.[0]?.extensions).toMatchObject({ code });
  expect([requests(), deps.jobs.seats.taken]).toEqual([[], 0]);
});

test('a document that cannot be read', async () => {
  const gateway = await startSubscribed();
  const [first, ...others] = [
    await byEvents(gateway, 'subscription { prompt('),
    await bySocket(gateway, 'subscription { prompt('),
  ];
  expect(first?.[0]?.message).toContain('Syntax Error');
  for (const other of others) expect(other).toEqual(first);
});

test('a subscription without ids completes at once', async () => {
  const { url, run } = await startSubscribed();
  const query = 'subscription { jobs(ids: []) { isDone } }';
  const events = await openEvents(url, { query });
  await events.ended;
  expect(events.told.map(({ event }) => event)).toEqual(['complete']);
  const socket = openSubscription(url, { query });
  await socket.ended;
  expect([socket.told, socket.end]).toEqual([[], { isComplete: true }]);
  const { data } = await run('{ waitFor(ids: []) { isDone nodes { id } } }');
  expect(data).toEqual({ waitFor: { isDone: true, nodes: [] } });
});
