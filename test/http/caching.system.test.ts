/** Two callers behind one cache: each has its own answers, and nobody another's. */
import { type IncomingMessage, request } from 'node:http';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { startCachingNginx } from './caching-nginx.ts';

const CALLERS = ['ada', 'bea', undefined] as const;
const QUERIES = {
  gallery: '{ gallery { tunes(first: 20) { nodes { id title status createdAt } } } }',
  models: '{ models { imageModels { name } videoModels { name } } }',
  own: '{ tunes { nodes { title } } }',
  mixed: '{ gallery { tunes(first: 1) { nodes { title } } } tunes { nodes { title } } }',
  owner: '{ viewer { name } }',
};
type Name = keyof typeof QUERIES;
const NAMES = Object.keys(QUERIES) as Name[];
const FOR_ALL: readonly Name[] = ['gallery', 'models'];

type Caller = (typeof CALLERS)[number];

async function start() {
  // Each brings its own key.
  const gateway = await startGateway({ token: '' });
  for (const name of ['ada', 'bea']) {
    const account = gateway.emulator.account(`sd_${name}`);
    account.addTune({ title: `the secret of ${name}` });
  }
  const cache = await startCachingNginx(gateway.url);
  async function get(base: string, caller: Caller, name: Name, headers = {}) {
    const url = `${base}?${new URLSearchParams({ query: QUERIES[name] })}`;
    const known = caller && { authorization: `Bearer sd_${caller}` };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(url, { headers: { ...known, ...headers } }, resolve)
        .on('error', reject)
        .end();
    });
    const body = Buffer.concat(await response.toArray());
    const { etag, 'x-cache': kept } = response.headers;
    return { status: response.statusCode, body, etag, kept };
  }
  return { ...gateway, cache, get };
}

test('a cache between gives each caller its own answers alone', async () => {
  const { url, cache, get } = await start();
  const codings = ['identity', 'gzip', 'br'];
  const asked = CALLERS.flatMap((caller) =>
    NAMES.flatMap((name) => codings.map((coding) => ({ caller, name, coding }))),
  );
  const expected = new Map<unknown, Buffer>();
  for (const one of asked) {
    const headers = { 'accept-encoding': one.coding };
    expected.set(one, (await get(url, one.caller, one.name, headers)).body);
  }
  let answers = 0;
  let wrongBytes = 0;
  const kept: Record<string, Set<unknown>> = {};
  for (let round = 0; round < 4; round++) {
    // Each round in another order, and all of it at once.
    const order = asked.toSorted((a, b) =>
      round % 2 ? a.name.localeCompare(b.name) : b.coding.localeCompare(a.coding),
    );
    await Promise.all(
      order.map(async (one) => {
        const headers = { 'accept-encoding': one.coding };
        const answer = await get(cache, one.caller, one.name, headers);
        answers++;
        if (!answer.body.equals(expected.get(one) as Buffer)) wrongBytes += answer.body.length;
        kept[one.name] = (kept[one.name] ?? new Set()).add(answer.kept);
      }),
    );
  }
  expect([answers, wrongBytes]).toEqual([asked.length * 4, 0]);
  for (const name of NAMES) expect(kept[name]?.has('HIT')).toBe(FOR_ALL.includes(name));
});

test('a public answer is cached, and any other is revalidated each time', async () => {
  const { cache, get, requests } = await start();
  const keptIn = async (caller: Caller, name: Name) => {
    const answers = [await get(cache, caller, name), await get(cache, caller, name)];
    return answers.map(({ kept }) => kept);
  };
  for (const caller of CALLERS) {
    for (const name of FOR_ALL) expect(await keptIn(caller, name)).toEqual(['MISS', 'HIT']);
    for (const name of ['own', 'mixed', 'owner'] as const) {
      expect(await keptIn(caller, name)).toEqual(['MISS', 'MISS']);
    }
  }
  expect(requests().filter((path) => path.startsWith('GET /cli/models'))).toHaveLength(1);
});

test('the cache answers for itself who has an answer already', async () => {
  const { cache, get, requests } = await start();
  const { etag } = await get(cache, 'ada', 'gallery');
  const asked = requests().length;
  const again = await get(cache, 'ada', 'gallery', { 'if-none-match': etag });
  expect([again.status, again.body.length, again.etag]).toEqual([304, 0, etag]);
  expect(requests()).toHaveLength(asked);
});
