import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

test('the gallery holds foundation models, which are ready', async () => {
  const { run, requests } = await startGateway();
  const { data } = await run(
    '{ gallery { tunes(first: 1, filter: { title: "Seedream" }) { nodes { astriaId title status } } } }',
  );
  expect(data).toEqual({
    gallery: { tunes: { nodes: [{ astriaId: 3691308, title: 'Seedream 4.5', status: 'READY' }] } },
  });
  expect(requests()).toEqual(['GET /gallery/tunes?title=Seedream&limit=2']);
});

test('what stands in the gallery is ready, whatever its dates say', async () => {
  const { run, emulator } = await startGateway();
  const row = {
    id: 5,
    orig_images: ['https://a.example/1'],
    started_training_at: null,
    trained_at: null,
  };
  emulator.fail({ path: '/gallery/tunes', body: [row] });
  const { data } = await run('{ gallery { tunes { nodes { status } } } }');
  expect(data).toEqual({ gallery: { tunes: { nodes: [{ status: 'READY' }] } } });
});

test('a row of the gallery is not asked for again', async () => {
  const { run, requests } = await startGateway();
  const { errors } = await run(`{
    gallery { tunes(first: 100) { nodes { title baseTune { branch } } } packs(first: 1) { nodes { slug } } }
  }`);
  expect(errors).toBeUndefined();
  expect(requests().sort()).toEqual([
    'GET /gallery/packs?limit=2&offset=0',
    'GET /gallery/tunes?limit=101',
  ]);
});

test('a failing gallery leaves the rest of the answer', async () => {
  const { run, account, emulator } = await startGateway();
  account.addTune({ title: 'mine' });
  emulator.fail({ path: '/gallery/tunes', status: 500 });
  const { data } = await run('{ gallery { tunes { nodes { id } } } tunes { nodes { title } } }');
  expect(data).toEqual({ gallery: { tunes: null }, tunes: { nodes: [{ title: 'mine' }] } });
});

test('models of partners are found by their branch', async () => {
  const { run } = await startGateway();
  const { data } = await run(
    '{ gallery { tunes(filter: { branch: "partner-1" }) { nodes { title status } } } }',
  );
  expect(data).toEqual({
    gallery: {
      tunes: {
        nodes: [
          { title: 'GPT Image 2', status: 'READY' },
          { title: 'Seedream 4.5', status: 'READY' },
        ],
      },
    },
  });
});
