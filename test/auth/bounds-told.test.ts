/** What callers who are bound to some workspaces are not told: whose account it is, and what else is in it. */
import { expect, test } from 'vitest';
import { globalId } from '../../src/graphql/ids.ts';
import { IN_679, startBound } from '../support/bound.ts';
import { bearer } from '../support/gateway-keys.ts';

const VIEWER = `{
  viewer {
    __typename astriaId email name balance { usd } payer { name } autoExtendTunes topOffAmount
    purchasedPluginAt
  }
  workspace(id: 679) { title payer { astriaId name isSelf balance { usd } } }
}`;

test.each([{}, IN_679])('the owner is there, and nothing of it is told: %j', async (headers) => {
  const { ask, requests } = await startBound();
  const { data, errors } = await ask(VIEWER, headers);
  expect(data).toEqual({
    viewer: {
      __typename: 'Viewer',
      astriaId: null,
      email: null,
      name: null,
      balance: null,
      payer: null,
      autoExtendTunes: null,
      topOffAmount: null,
      purchasedPluginAt: null,
    },
    workspace: {
      title: 'Studio 679',
      payer: { astriaId: null, name: null, isSelf: null, balance: null },
    },
  });
  expect(errors).toHaveLength(12);
  for (const { extensions, path } of errors ?? []) {
    expect([extensions, path?.at(-1)]).toEqual([{ code: 'FORBIDDEN' }, expect.any(String)]);
  }
  expect(requests()).toEqual(['GET /workspaces/679.json']);
});

test('to who may use all of it the account is told', async () => {
  const { run } = await startBound();
  const { data, errors } = await run(VIEWER, {}, bearer('free'));
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    viewer: { email: expect.any(String) },
    workspace: { payer: { name: expect.any(String) } },
  });
});

const NOBODYS = { Tune: 15, Prompt: 25, Pack: 35 };
const FOREIGN = { Tune: 12, Prompt: 22, Pack: 32 };
type Ids = typeof FOREIGN;

const ASKED: [string, (ids: Ids) => string][] = [
  ['a tune', ({ Tune }) => `{ tune(id: ${Tune}) { title prompts { nodes { id } } } }`],
  ['a prompt', ({ Prompt }) => `{ prompt(id: ${Prompt}) { text tune { title } } }`],
  ['a pack', ({ Pack }) => `{ pack(id: ${Pack}) { title templates { text } } }`],
  [
    'nodes',
    (ids) =>
      `{ nodes(ids: ${JSON.stringify(Object.entries(ids).map(([kind, id]) => globalId(kind as keyof Ids, id)))}) { id } }`,
  ],
  [
    'numbers',
    ({ Tune, Prompt }) =>
      `{ tunesById(ids: [${Tune}]) { title } promptsById(ids: [${Prompt}]) { text } }`,
  ],
  [
    'a deletion',
    ({ Prompt }) => `mutation { deletePrompt(input: { id: ${Prompt} }) { deletedId } }`,
  ],
  [
    'what a new prompt names',
    ({ Tune, Pack }) =>
      `mutation { createPrompt(input: { tuneId: ${Tune}, text: "<lora:${Tune}:1>", packId: ${Pack} }) { prompt { id } } }`,
  ],
  [
    'a run of a pack',
    ({ Pack, Tune }) =>
      `mutation { runPack(input: { id: ${Pack}, tuneIds: [${Tune}] }) { message } }`,
  ],
];

type Studio = Awaited<ReturnType<typeof startBound>>;

/** How Astria may answer for what is in another workspace. */
const ANSWERS: [string, (studio: Studio) => void][] = [
  ['as any row', () => {}],
  ['without a place', ({ account }) => account.updatePrompt(22, { workspace_id: undefined })],
  ['with 403', ({ emulator }) => failForeign(emulator, { status: 403 })],
  ['out of contract', ({ emulator }) => failForeign(emulator, { body: '{"id":"x"}' })],
];

function failForeign({ fail }: Studio['emulator'], fault: object) {
  for (const path of ['/tunes/12', '/prompts/22', '/p/32']) fail({ ...fault, path, times: 20 });
}

interface Learned {
  /** Of calls side by side any may be the first. */
  calls: string[];
  routes: string[];
  upstream: object;
  rest: object;
}

interface UpstreamReport {
  requests: { ms: number }[];
  ms: number;
}

/** All that a caller learns of ids, with the ids themselves and the time taken out. */
async function learned(studio: Studio, query: string, ids: Ids): Promise<Learned> {
  const { extensions, ...rest } = await studio.ask(query, { ...IN_679, 'x-upstream-report': '1' });
  const { requests, ms, ...upstream } = (extensions as { upstream: UpstreamReport }).upstream;
  const routes = requests.map(({ ms, ...call }) => JSON.stringify(call)).sort();
  let text = JSON.stringify({ calls: studio.requests(), routes, upstream, rest }, (key, value) =>
    key === 'locations' ? undefined : value,
  );
  studio.emulator.clearRequests();
  for (const [kind, id] of Object.entries(ids)) {
    text = text
      .replaceAll(new RegExp(`\\b${id}\\b`, 'g'), kind)
      .replaceAll(`before_id=${id + 1}`, `before ${kind}`);
  }
  const read = JSON.parse(text);
  return { ...read, calls: read.calls.sort() };
}

test.each(ANSWERS)(
  'an id of another workspace looks like one that there is not, where Astria answers %s',
  async (_, prepare) => {
    const studio = await startBound();
    prepare(studio);
    for (const [what, query] of ASKED) {
      // What was read before may be asked for in another way.
      for (const time of ['first', 'second', 'third']) {
        const foreign = await learned(studio, query(FOREIGN), FOREIGN);
        const nobodys = await learned(studio, query(NOBODYS), NOBODYS);
        expect(foreign, `${what}, the ${time} time`).toEqual(nobodys);
        expect(foreign.calls.length).toBeGreaterThan(0);
      }
    }
  },
);

test('the report of a bound caller names no status, and nothing as unchanged', async () => {
  const { ask, run } = await startBound();
  const headers = { ...IN_679, 'x-upstream-report': '1' };
  const QUERY = '{ prompt(id: 21) { text } }';
  for (const _ of [1, 2, 3]) await ask(QUERY, headers);
  expect((await ask(QUERY, headers)).extensions).toMatchObject({
    upstream: { calls: 1, revalidated: 0, requests: [{ status: null, kind: 'made' }] },
  });
  const free = await run(QUERY, {}, { ...headers, ...bearer('free') });
  expect(free.extensions).toMatchObject({
    upstream: { calls: 1, revalidated: 1, requests: [{ kind: 'revalidated' }] },
  });
});
