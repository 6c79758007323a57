/** What holds of mutations of any kind. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const FLUX = 1504944;

test('what is deleted is gone, in the same operation', async () => {
  const { run, account } = await startGateway();
  account.addTune({ id: 5 });
  account.addPrompt({ id: 6 });
  const { data } = await run(`mutation {
    deleteTune(input: { id: 5 }) { deletedId query { tune(id: 5) { id } } }
    deletePrompt(input: { id: "UHJvbXB0OjY" }) { deletedId query { prompts { nodes { id } } } }
  }`);
  expect(data).toEqual({
    deleteTune: { deletedId: 'VHVuZTo1', query: { tune: null } },
    deletePrompt: { deletedId: 'UHJvbXB0OjY', query: { prompts: { nodes: [] } } },
  });
});

test('a DELETE may be answered without a body', async () => {
  const { run, account } = await startGateway({ unknowns: { deleteStatus: 204 } });
  account.addPrompt({ id: 6 });
  const { errors } = await run('mutation { deletePrompt(input: { id: 6 }) { deletedId } }');
  expect(errors).toBeUndefined();
});

test.each([
  'updateTune(input: { id: 9, title: "x" }) { tune { id } }',
  'deleteTune(input: { id: 9 }) { deletedId }',
  'deletePrompt(input: { id: 9 }) { deletedId }',
  'createPrompt(input: { tuneId: 9, text: "x" }) { prompt { id } }',
])('%s on what is not there is NOT_FOUND', async (field) => {
  const { run } = await startGateway();
  const { data, errors } = await run(`mutation { ${field} }`);
  expect(data).toBeNull();
  expect(errors).toMatchObject([
    {
      message: expect.stringMatching(
        /^(?:Tune|Prompt) 9, or .* does not exist, or this key may not see it\.$/,
      ),
      extensions: { code: 'NOT_FOUND' },
    },
  ]);
});

test('a created pack is listed afterwards', async () => {
  const { run, emulator } = await startGateway();
  const { data } = await run(`mutation {
    createPack(input: { title: "Coast", subtitle: "Linen", baseTuneId: ${FLUX}, modelType: "lora" }) {
      pack { title subtitle baseTune { title } }
      query { packs { nodes { title } } }
    }
  }`);
  expect(data).toEqual({
    createPack: {
      pack: { title: 'Coast', subtitle: 'Linen', baseTune: { title: 'Flux.1 dev' } },
      query: { packs: { nodes: [{ title: 'Coast' }] } },
    },
  });
  expect(emulator.requests[0]?.body).toEqual({
    pack: { title: 'Coast', subtitle: 'Linen', base_tune_id: FLUX, model_type: 'lora' },
  });
});

test.each([
  'deletePrompt(input: { id: 6, workspaceId: "" }) { deletedId }',
  'createPrompt(input: { tuneId: 5, text: "x", workspaceId: "" }) { prompt { id } }',
  'createPrompt(input: { tuneId: 5, text: "x", packId: "" }) { prompt { id } }',
  'createPack(input: { title: "x", baseTuneId: "" }) { pack { id } }',
])('an empty id is no missing one: %s', async (field) => {
  const { run, requests } = await startGateway();
  const { errors } = await run(`mutation { ${field} }`);
  expect(errors).toMatchObject([
    { message: expect.stringMatching(/^`input\.\w+` is ""/), extensions: { code: 'BAD_REQUEST' } },
  ]);
  expect(requests()).toEqual([]);
});

test('an empty id in a filter lists nothing else', async () => {
  const { run, requests } = await startGateway();
  const { errors } = await run('{ prompts(filter: { tuneId: "" }) { nodes { id } } }');
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  expect(requests()).toEqual([]);
});
