/** The laws of paging: every row once, whatever happens between two pages. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

interface Page {
  nodes: { astriaId: number }[];
  edges: { cursor: string; node: { astriaId: number } }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

const PAGE =
  'nodes { astriaId } edges { cursor node { astriaId } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

type TestGateway = Awaited<ReturnType<typeof startGateway>>;

async function readPage({ run }: TestGateway, field: string, first: number, after: string | null) {
  const answer = await run<{ page: Page }>(
    `query ($first: Int!, $after: String) { page: ${field}(first: $first, after: $after) { ${PAGE} } }`,
    { first, after },
  );
  expect(answer.errors).toBeUndefined();
  return answer.data?.page as Page;
}

test('a page says where it stands', async () => {
  const gateway = await startGateway();
  for (const id of [1, 2, 3]) gateway.account.addTune({ id });
  const first = await readPage(gateway, 'tunes', 2, null);
  expect(first.nodes).toEqual([{ astriaId: 3 }, { astriaId: 2 }]);
  expect(first.edges.map(({ node }) => node)).toEqual(first.nodes);
  expect(first.pageInfo).toEqual({
    hasNextPage: true,
    hasPreviousPage: false,
    startCursor: first.edges[0]?.cursor,
    endCursor: first.edges[1]?.cursor,
  });
  const second = await readPage(gateway, 'tunes', 2, first.pageInfo.endCursor);
  expect(second.nodes).toEqual([{ astriaId: 1 }]);
  expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  // The short page is not yet the end: one row more is asked for.
  expect(gateway.requests()).toEqual([
    'GET /tunes?limit=3',
    'GET /tunes?limit=3&before_id=2',
    'GET /tunes?limit=1&before_id=1',
  ]);
});

test.each(['tunes', 'prompts', 'packs'])('no %s are an empty page', async (field) => {
  const gateway = await startGateway();
  expect(await readPage(gateway, field, 20, null)).toEqual({
    nodes: [],
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
  expect(gateway.requests()).toHaveLength(1);
});

test('a page of no rows still says whether there are any', async () => {
  const gateway = await startGateway();
  gateway.account.addTune({ id: 1 });
  const page = await readPage(gateway, 'tunes', 0, null);
  expect(page.nodes).toEqual([]);
  expect(page.pageInfo.hasNextPage).toBe(true);
});

test('without hasNextPage a short page costs no second call', async () => {
  const { run, account, requests } = await startGateway();
  account.addPack({ id: 1 });
  account.addTune({ id: 1 });
  await run('{ tunes { nodes { id } pageInfo { endCursor } } packs { nodes { id } } }');
  expect(requests().sort()).toEqual(['GET /packs?limit=21&offset=0', 'GET /tunes?limit=21']);
});

test('rows that do not descend are left out, so that paging cannot go round', async () => {
  const { run, account, emulator } = await startGateway();
  for (const id of [1, 2, 3, 4]) account.addTune({ id });
  emulator.fail({ patch: { '1.id': 9, '3.id': 2 } });
  const { data } = await run('{ tunes { nodes { astriaId } } }');
  expect(data).toEqual({ tunes: { nodes: [{ astriaId: 4 }, { astriaId: 2 }] } });
});

/** A cursor of a list of packs, as a stranger may forge it. */
const forged = (place: string) => Buffer.from(place).toString('base64url');

test.each(['offset:999999999:1', 'offset:1:1', 'offset:7:999999'])(
  'the cursor %s costs no more than a few calls',
  async (place) => {
    const gateway = await startGateway();
    for (let id = 1; id <= 50; id++) gateway.account.addPack({ id: 1000 + id });
    await readPage(gateway, 'packs', 0, forged(place));
    expect(gateway.requests().length).toBeLessThan(8);
  },
);

test('a list that ignores the offset does not go round for ever', async () => {
  const gateway = await startGateway();
  const rows = [{ id: 30 }, { id: 20 }, { id: 10 }];
  gateway.emulator.fail({ path: '/packs', body: rows, times: 100 });
  const page = await readPage(gateway, 'packs', 3, null);
  expect(page.pageInfo.hasNextPage).toBe(false);
  const { errors } = await gateway.run(
    `{ packs(after: "${forged('offset:5:7')}") { nodes { id } } }`,
  );
  expect(gateway.requests().length).toBeLessThan(30);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
});

test('packs in an order of Astria’s own are all shown', async () => {
  const gateway = await startGateway();
  gateway.emulator.fail({ path: '/packs', body: [{ id: 5 }, { id: 4001 }] });
  const page = await readPage(gateway, 'packs', 2, null);
  expect(page.nodes).toEqual([{ astriaId: 5 }, { astriaId: 4001 }]);
});

test('a page of packs cut short is not the end', async () => {
  const gateway = await startGateway();
  for (const id of [1, 2, 3, 4]) gateway.account.addPack({ id });
  const first = await readPage(gateway, 'packs', 2, null);
  // Only the row of the cursor comes back.
  gateway.emulator.fail({ path: '/packs', body: [{ id: 3 }] });
  const second = await readPage(gateway, 'packs', 2, first.pageInfo.endCursor);
  expect(second.nodes).toEqual([{ astriaId: 2 }, { astriaId: 1 }]);
  expect(second.pageInfo.hasNextPage).toBe(false);
});

test('a null for `first` is the default', async () => {
  const { run, requests } = await startGateway();
  const { errors } = await run('query ($first: Int) { tunes(first: $first) { nodes { id } } }', {
    first: null,
  });
  expect(errors).toBeUndefined();
  expect(requests()).toEqual(['GET /tunes?limit=21']);
});

const FIELDS = ['tunes', 'prompts', 'packs'] as const;

/** Adds, deletes, and reads of a page of some size, in any order. */
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('add' as const), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constant('delete' as const), at: fc.nat() }),
    fc.record({ kind: fc.constant('read' as const), first: fc.integer({ min: 1, max: 5 }) }),
  ),
  { maxLength: 12 },
);

test.each(FIELDS)('no row of %s is repeated or lost while rows come and go', async (field) => {
  const gateway = await startGateway();
  let nextId = 1000;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 15 }), steps, async (count, script) => {
      const rows = studioOf(gateway, field);
      rows.clear();
      for (let added = 0; added < count; added++) rows.add(nextId++);
      const atStart = rows.ids();
      const seen: number[] = [];
      let page: Page | undefined;
      const read = async (first: number) => {
        if (page && !page.pageInfo.hasNextPage) return;
        page = await readPage(gateway, field, first, page?.pageInfo.endCursor ?? null);
        seen.push(...page.nodes.map(({ astriaId }) => astriaId));
      };
      for (const step of script) {
        if (step.kind === 'read') await read(step.first);
        else if (step.kind === 'add') for (let n = 0; n < step.count; n++) rows.add(nextId++);
        else rows.deleteAt(step.at);
      }
      do await read(3);
      while (page?.pageInfo.hasNextPage);

      expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
      // Whatever was there all the time was seen.
      const stayed = atStart.filter((id) => rows.ids().includes(id));
      expect(seen).toEqual(expect.arrayContaining(stayed));
    }),
    { numRuns: 40 },
  );
});

/** The rows of one kind in the account, and their coming and going. */
function studioOf({ account }: TestGateway, field: (typeof FIELDS)[number]) {
  const kinds = {
    tunes: { add: account.addTune, delete: account.deleteTune },
    prompts: { add: account.addPrompt, delete: account.deletePrompt },
    packs: { add: account.addPack, delete: account.deletePack },
  };
  const kind = kinds[field];
  studios.set(account, studios.get(account) ?? new Set());
  const ids = studios.get(account) as Set<number>;
  const remove = (id: number) => ids.delete(id) && kind.delete(id);
  return {
    ids: () => [...ids],
    add: (id: number) => {
      ids.add(id);
      kind.add({ id });
    },
    deleteAt: (place: number) => {
      if (ids.size > 0) remove([...ids][place % ids.size] as number);
    },
    clear: () => [...ids].forEach(remove),
  };
}

const studios = new WeakMap<object, Set<number>>();
