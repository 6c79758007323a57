/** What an operation costs at Astria, as the requests that reached it. */
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { Operations } from '../../src/graphql/operations.ts';
import { schema } from '../../src/graphql/schema.ts';
import { startGateway as start } from '../support/gateway.ts';

const FLUX = 1504944;
const SDXL = 666678;

type TestGateway = Awaited<ReturnType<typeof startGateway>>;

const operations = new Operations(schema);
const { maxUpstreamCalls } = readConfig({});

/** Whatever is run here must cost no more than was estimated, and that no more than may be. */
async function startGateway() {
  const gateway = await start();
  const run: typeof gateway.run = async (query, variables, headers) => {
    const before = gateway.requests().length;
    const answer = await gateway.run(query, variables, headers);
    const operation = operations.find(String(query)).operation();
    const estimate = operation?.estimate.calls(variables as Record<string, unknown>) ?? 0;
    expect(estimate).toBeGreaterThanOrEqual(gateway.requests().length - before);
    expect(estimate).toBeLessThanOrEqual(maxUpstreamCalls);
    return answer;
  };
  return { ...gateway, run };
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** 100 tunes, every fifth a checkpoint, and 100 prompts over the 20 checkpoints. */
function addStudio({ account }: TestGateway) {
  for (const index of range(100)) {
    const isCheckpoint = index % 5 === 0;
    account.addTune({
      id: 5_200_000 + index * 7,
      model_type: isCheckpoint ? null : 'lora',
      base_tune_id: isCheckpoint ? SDXL : FLUX,
      orig_images: [`https://a.example/${index}`],
    });
  }
  for (const index of range(100)) {
    const tuneId = 5_200_000 + (index % 20) * 5 * 7;
    const loraId = 5_200_007 + (index % 20) * 5 * 7;
    account.addPrompt({ tune_id: tuneId, text: `<lora:${loraId}:1> ohwx woman` });
  }
}

test('a tune and a node are a call each', async () => {
  const gateway = await startGateway();
  gateway.account.addTune({ id: 5 });
  await gateway.run('{ tune(id: 5) { title } node(id: "VHVuZTo1") { id ... on Tune { token } } }');
  expect(gateway.requests()).toEqual(['GET /tunes/5']);
});

test('the tunes of 100 prompts are one window', async () => {
  const gateway = await startGateway();
  addStudio(gateway);
  const { data, errors } = await gateway.run<{ prompts: { nodes: unknown[] } }>(
    '{ prompts(first: 100) { nodes { tune { name origImages } } } }',
  );
  expect(errors).toBeUndefined();
  expect(data?.prompts.nodes).toHaveLength(100);
  expect(data?.prompts.nodes).not.toContainEqual({ tune: null });
  expect(gateway.requests()).toEqual([
    'GET /prompts?limit=101',
    'GET /tunes?before_id=5200666&limit=120',
  ]);
});

test('references, base tunes and packs are windows too, and one call for each foundation model', async () => {
  const gateway = await startGateway();
  addStudio(gateway);
  const { account } = gateway;
  for (const index of range(6)) account.addPack({ id: 4100 + index });
  for (const index of range(30)) {
    account.addPrompt({ tune_id: FLUX, base_pack_id: 4100 + (index % 6), text: 'a pack' });
  }
  account.addPrompt({ tune_id: SDXL, pack_id: 260 });
  const { errors } = await gateway.run(`{
    prompts(first: 100) {
      nodes {
        tune { name origImages baseTune { branch } }
        references { tune { name origImages baseTune { branch } } }
        pack { title }
        basePack { title }
      }
    }
  }`);
  expect(errors).toBeUndefined();
  expect(gateway.requests().sort()).toEqual([
    'GET /p/260',
    'GET /packs?limit=120',
    'GET /prompts?limit=101',
    'GET /tunes/1504944',
    'GET /tunes/666678',
    expect.stringMatching(/^GET \/tunes\?before_id=52\d{5}&limit=120$/),
  ]);
});

test('the prompts of 20 tunes are a call each, and no more without hasNextPage', async () => {
  const gateway = await startGateway();
  addStudio(gateway);
  await gateway.run('{ tunes(first: 20) { nodes { prompts(first: 5) { nodes { text } } } } }');
  expect(gateway.requests()).toHaveLength(21);
});

test('titles of the tunes behind those prompts cost nothing: the prompts carry them', async () => {
  const gateway = await startGateway();
  addStudio(gateway);
  const { errors } = await gateway.run(`{
    tunes(first: 20) {
      nodes { prompts(first: 5) { nodes { tune { title } references { tune { title } } } } }
    }
  }`);
  expect(errors).toBeUndefined();
  expect(gateway.requests()).toHaveLength(21);
});

test('more than titles costs one window for those not seen yet', async () => {
  const gateway = await startGateway();
  addStudio(gateway);
  for (const index of range(20)) {
    const listed = 5_200_000 + (99 - index) * 7;
    const unlisted = 5_200_000 + (index % 10) * 7;
    gateway.account.addPrompt({ tune_id: FLUX, text: `<lora:${listed}:1> <lora:${unlisted}:1>` });
  }
  const { errors } = await gateway.run(`{
    tunes(first: 20) {
      nodes { prompts(first: 5) { nodes { references { tune { token createdAt } } } } }
    }
  }`);
  expect(errors).toBeUndefined();
  const extra = gateway.requests().filter((request) => !request.includes('/prompts'));
  expect(extra).toEqual(['GET /tunes?limit=21', 'GET /tunes?before_id=5200064&limit=64']);
});

test('a field asked twice under two aliases is asked once', async () => {
  const gateway = await startGateway();
  addStudio(gateway);
  await gateway.run(`{
    a: prompts(first: 3, filter: { text: "woman" }) { nodes { text } }
    b: prompts(first: 3, filter: { text: "woman" }) { nodes { id } }
    tune(id: 5200000) { c: prompts(first: 2) { nodes { id } } d: prompts(first: 2) { nodes { id } } }
  }`);
  expect(gateway.requests().sort()).toEqual([
    'GET /prompts?text=woman&limit=4',
    'GET /tunes/5200000',
    'GET /tunes/5200000/prompts?limit=3',
  ]);
});

test('many prompts by id are one window', async () => {
  const gateway = await startGateway();
  const ids = range(10).map((index) => 45_000_000 + index * 3);
  for (const id of ids) gateway.account.addPrompt({ id, text: `prompt ${id}` });
  const globalIds = ids.map((id) => Buffer.from(`Prompt:${id}`).toString('base64url'));
  const { data } = await gateway.run(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Prompt { text } } }',
    {
      ids: globalIds,
    },
  );
  expect(data).toEqual({ nodes: ids.map((id) => ({ text: `prompt ${id}` })) });
  expect(gateway.requests()).toEqual(['GET /prompts?before_id=45000028&limit=28']);
});

test('rows of one request are not remembered in the next', async () => {
  const gateway = await startGateway();
  gateway.account.addTune({ id: 5, title: 'before' });
  await gateway.run('{ tune(id: 5) { title } }');
  gateway.account.updateTune(5, { title: 'after' });
  const { data } = await gateway.run('{ tune(id: 5) { title } }');
  expect(data).toEqual({ tune: { title: 'after' } });
});
