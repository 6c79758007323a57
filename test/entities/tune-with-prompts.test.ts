/** A tune and its prompts, made in one step and told by one answer. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const CREATE = `mutation ($input: CreateTuneInput!, $filter: PromptFilter) {
  createTune(input: $input) {
    warnings { code }
    tune {
      title
      prompts(first: 2, filter: $filter) {
        nodes { text status workspaceId tune { title } }
        pageInfo { hasNextPage endCursor }
      }
      all: prompts { nodes { text } pageInfo { hasNextPage } }
    }
  }
}`;

const input = {
  title: 'Ines',
  imageUrls: ['https://a.example/1'],
  promptsAttributes: [{ text: 'sks, one' }, { text: 'sks, two' }, { text: 'sks, three' }],
};
const texts = (list: { nodes: { text: string }[] }) => list.nodes.map(({ text }) => text);

test('the prompts are read from the answer', async () => {
  const { run, requests, drift } = await startGateway();
  const { data, errors } = await run(CREATE, { input });
  expect(errors).toBeUndefined();
  const made = data?.createTune as { tune: { prompts: never; all: never }; warnings: [] };
  expect(made).toMatchObject({
    warnings: [],
    tune: {
      prompts: {
        nodes: [
          { text: 'sks, three', status: 'QUEUED', workspaceId: null, tune: { title: 'Ines' } },
          { text: 'sks, two' },
        ],
        pageInfo: { hasNextPage: true },
      },
      all: { pageInfo: { hasNextPage: false } },
    },
  });
  expect(texts(made.tune.all)).toEqual(['sks, three', 'sks, two', 'sks, one']);
  expect(requests()).toEqual(['POST /tunes']);
  expect(drift()).toEqual([]);
});

test('what a filter means is asked of Astria', async () => {
  const { run, requests } = await startGateway();
  const { data } = await run(CREATE, { input, filter: { text: 'one' } });
  expect(data).toMatchObject({
    createTune: {
      tune: { prompts: { nodes: [{ text: 'sks, one' }] }, all: { nodes: { length: 3 } } },
    },
  });
  expect(requests().filter((each) => each.includes('text=one'))).toHaveLength(2);
  expect(requests().filter((each) => !each.includes('text=one'))).toEqual(['POST /tunes']);
});

test('after the next write they are asked for anew', async () => {
  const { run, requests } = await startGateway();
  const { data } = await run(
    `mutation ($input: CreateTuneInput!) {
      createTune(input: $input) { tune { astriaId } }
      createPrompt(input: { tuneId: 5300000, text: "sks, four" }) {
        query { tune(id: 5300000) { prompts { nodes { text } } } }
      }
    }`,
    { input },
  );
  const made = data as { createPrompt: { query: { tune: { prompts: never } } } };
  expect(texts(made.createPrompt.query.tune.prompts)).toContain('sks, four');
  expect(requests()).toContain('GET /tunes/5300000/prompts?limit=21');
});

test('an answer that tells fewer than were sent does not tell all', async () => {
  const { run, emulator, requests } = await startGateway();
  emulator.fail({ path: '/tunes', patch: { 'prompts.0.id': 'x' } });
  const { data } = await run(CREATE, { input });
  expect(data).toMatchObject({ createTune: { tune: { all: { nodes: { length: 3 } } } } });
  expect(requests().length).toBeGreaterThan(1);
});

test('prompts are read where they are, and a tune that landed elsewhere is told by them', async () => {
  const { run, account, requests, emulator } = await startGateway();
  const { id } = account.addWorkspace({ title: 'Studio' });
  const there = await run(CREATE, { input: { ...input, workspaceId: String(id) } });
  expect(there.data).toMatchObject({
    createTune: { warnings: [], tune: { prompts: { nodes: [{ workspaceId: id }, {}] } } },
  });
  expect(requests()).toEqual(['POST /tunes']);
  emulator.clearRequests();
  const lost = await run(CREATE, { input: { ...input, title: 'Maya', workspaceId: '999' } });
  expect(lost.data).toMatchObject({ createTune: { warnings: [{ code: 'WRONG_WORKSPACE' }] } });
  expect(requests().length).toBeGreaterThan(1);
});

test('a tune that is read again under its key leads to where it was made', async () => {
  const { run, account, requests, emulator } = await startGateway();
  const { id } = account.addWorkspace({ title: 'Studio' });
  const keyed = { ...input, workspaceId: String(id), idempotencyKey: 'order 4711' };
  await run(CREATE, { input: keyed });
  emulator.clearRequests();
  const { data } = await run(CREATE, { input: keyed });
  expect(data).toMatchObject({
    createTune: { tune: { prompts: { nodes: [{ workspaceId: id }, {}] } } },
  });
  expect(requests()).not.toContain('POST /tunes');
});
