import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { costsOf } from '../../src/entities/pack/costs.ts';
import { startGateway } from '../support/gateway.ts';

const sample = (name: string) =>
  readFileSync(new URL(`../samples/${name}.json`, import.meta.url), 'utf8');

test('a pack is what Astria says, with its costs in cents', async () => {
  const { run, emulator, requests } = await startGateway();
  emulator.fail({ path: '/p/', body: sample('pack-detail') });
  const answer = await run(`{
    pack(id: "corporate-headshots") {
      id astriaId slug title subtitle mainClassName baseTuneId userId token modelType multiplier multiplierApi coverUrl
      logo publicAt unlistedAt createdAt updatedAt
      costs { className cost { milliCents usd } numImages }
      templates { astriaId className text cost { usd } images }
      men: templates(className: "man") { astriaId }
    }
  }`);
  expect(answer).toEqual({
    data: {
      pack: {
        id: 'UGFjazoyNjA',
        astriaId: 260,
        slug: 'corporate-headshots',
        title: 'Corporate Headshots',
        subtitle: null,
        mainClassName: null,
        baseTuneId: null,
        userId: null,
        token: null,
        modelType: null,
        multiplier: null,
        multiplierApi: null,
        coverUrl: 'https://images.example/cover',
        logo: null,
        publicAt: '2025-02-16T17:13:02.204Z',
        unlistedAt: null,
        createdAt: '2024-09-02T19:25:12.970Z',
        updatedAt: '2025-04-01T13:20:02.258Z',
        costs: [
          { className: 'woman', cost: { milliCents: 360000, usd: 3.6 }, numImages: 35 },
          { className: 'man', cost: { milliCents: 331000, usd: 3.31 }, numImages: 28 },
        ],
        templates: [
          {
            astriaId: 18771572,
            className: 'woman',
            text: null,
            cost: null,
            images: ['https://images.example/w1'],
          },
          {
            astriaId: 18757251,
            className: 'woman',
            text: null,
            cost: null,
            images: ['https://images.example/w2'],
          },
          {
            astriaId: 20522328,
            className: 'man',
            text: null,
            cost: null,
            images: ['https://images.example/m1'],
          },
        ],
        men: [{ astriaId: 20522328 }],
      },
    },
  });
  expect(requests()).toEqual(['GET /p/corporate-headshots']);
});

test('the templates of a multi pack come with text and price', async () => {
  const { run, emulator } = await startGateway();
  emulator.fail({ path: '/p/', body: sample('pack-multi') });
  const { data } = await run(
    '{ pack(id: 4001) { templates { astriaId className text cost { usd } images } } }',
  );
  expect(data).toEqual({
    pack: {
      templates: [
        {
          astriaId: 501,
          className: null,
          text: '<faceid:11:1> woman wearing <faceid:12:1> boots',
          cost: { usd: 0.125 },
          images: [],
        },
      ],
    },
  });
});

test.each([
  [{ cost_mc_hash: { man: 200000 } }, [{ className: 'man', milliCents: 200000, numImages: null }]],
  [
    { costs: { man: { cost: 331, num_images: 28 } } },
    [{ className: 'man', milliCents: 331000, numImages: 28 }],
  ],
  [
    { costs: { man: { cost_mc: 537500, num_images: 12 } } },
    [{ className: 'man', milliCents: 537500, numImages: 12 }],
  ],
  [
    { costs: { man: { cost: 1, num_images: 2 } }, cost_mc_hash: { man: 900, dog: 7 } },
    [
      { className: 'man', milliCents: 900, numImages: 2 },
      { className: 'dog', milliCents: 7, numImages: null },
    ],
  ],
  [{ costs: { man: {} } }, [{ className: 'man', milliCents: null, numImages: null }]],
  [{}, []],
])('the costs %j read as %j', (pack, costs) => {
  expect(costsOf(pack as Parameters<typeof costsOf>[0])).toEqual(costs);
});

test('a list of packs tells their prices without a call for each', async () => {
  const { run, account, requests } = await startGateway();
  for (const costShape of ['cost_mc_hash', 'cost', 'cost_mc'] as const)
    account.addPack({ costShape });
  const { data, errors } = await run<{ packs: { nodes: { costs: unknown[] }[] } }>(
    '{ packs { nodes { title costs { className cost { usd } } } } }',
  );
  expect(errors).toBeUndefined();
  expect(data?.packs.nodes).toHaveLength(3);
  expect(requests()).toEqual(['GET /packs?limit=21&offset=0']);
});

test('what a list leaves out is asked of the pack, once for all of it', async () => {
  const { run, account, emulator, requests } = await startGateway();
  account.addPack({ id: 4300, cover_url: 'https://a.example/cover' });
  emulator.fail({ path: '/packs', patch: { '*.cover_url': undefined } });
  const { data } = await run('{ packs { nodes { coverUrl templates { astriaId } } } }');
  expect(data).toEqual({
    packs: { nodes: [{ coverUrl: 'https://a.example/cover', templates: [] }] },
  });
  expect(requests()).toEqual(['GET /packs?limit=21&offset=0', 'GET /p/4300']);
});

test('a pack leads to its templates, to what was generated from it, and to its base tune', async () => {
  const { run, account, requests } = await startGateway();
  account.addPack({ id: 4300, title: 'Coast', base_tune_id: 1504944 });
  account.addPrompt({ id: 51, pack_id: 4300, text: 'template' });
  account.addPrompt({ id: 52, base_pack_id: 4300, text: 'generated' });
  const { data } = await run(`{
    pack(id: 4300) {
      baseTune { title }
      prompts { nodes { text pack { title } } }
      generatedPrompts { nodes { text basePack { title } } }
    }
  }`);
  expect(data).toEqual({
    pack: {
      baseTune: { title: 'Flux.1 dev' },
      prompts: { nodes: [{ text: 'template', pack: { title: 'Coast' } }] },
      generatedPrompts: { nodes: [{ text: 'generated', basePack: { title: 'Coast' } }] },
    },
  });
  expect(requests().sort()).toEqual([
    'GET /p/4300',
    'GET /prompts?base_pack_id=4300&limit=21',
    'GET /prompts?pack_id=4300&limit=21',
    'GET /tunes/1504944',
  ]);
});

test('a multi pack tells its slots, and the tunes in them cost nothing by title', async () => {
  const { run, emulator, requests } = await startGateway();
  emulator.fail({ path: '/p/', body: sample('pack-multi') });
  const answer = await run(`{
    pack(id: "zara-boot-test") {
      useMulti referenceClassNames mainClassName
      templateTunes { astriaId title name }
      templateSlots { key label filterNames templateTuneIds tunes { astriaId title } }
    }
  }`);
  expect(answer).toEqual({
    data: {
      pack: {
        useMulti: true,
        referenceClassNames: ['shoes', 'dress'],
        mainClassName: 'shoes',
        templateTunes: [{ astriaId: 12, title: 'Boots', name: 'boots' }],
        templateSlots: [
          {
            key: 'class-shoes',
            label: 'Shoes',
            filterNames: ['shoes', 'boots'],
            templateTuneIds: [12],
            tunes: [{ astriaId: 12, title: 'Boots' }],
          },
        ],
      },
    },
  });
  expect(requests()).toEqual(['GET /p/zara-boot-test']);
});

test('a class may be called as the machine calls things', () => {
  expect(
    costsOf({ costs: { constructor: { cost_mc: 5 } }, cost_mc_hash: { toString: 7 } } as never),
  ).toEqual([
    { className: 'constructor', milliCents: 5, numImages: null },
    { className: 'toString', milliCents: 7, numImages: null },
  ]);
});

test('one failing pack leaves the others in the list', async () => {
  const { run, account, emulator } = await startGateway();
  account.addPack({ id: 4300, title: 'Coast' });
  emulator.fail({ path: '/packs', body: [{ id: 4300, title: 'Coast' }] });
  emulator.fail({ path: '/p/', status: 500 });
  const { data, errors } = await run('{ packs { nodes { title costs { className } coverUrl } } }');
  expect(data).toEqual({ packs: { nodes: [{ title: 'Coast', costs: [], coverUrl: null }] } });
  expect(errors).toMatchObject([{ path: ['packs', 'nodes', 0, 'coverUrl'] }]);
});
