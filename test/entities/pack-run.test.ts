import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const RUN = `mutation ($input: RunPackInput!) {
  runPack(input: $input) {
    tune { title status }
    prompts { text }
    order { astriaId tunes { title } totalCost { usd } }
    message
  }
}`;

/** A pack of one template, and a tune to run it on. */
async function startStudio(isMulti = false) {
  const gateway = await startGateway();
  const { account } = gateway;
  account.addTune({ id: 11, title: 'Ines', name: 'woman', model_type: 'faceid', token: null });
  account.addTune({ id: 12, title: 'Boots', name: 'boots', model_type: 'faceid', token: null });
  account.addPack({
    id: 4300,
    slug: 'coast',
    base_tune_id: 1504944,
    model_type: 'faceid',
    use_multi: isMulti,
  });
  account.addPrompt({
    id: 50,
    pack_id: 4300,
    text: `<faceid:11:1> woman on a pier${isMulti ? ' wearing <faceid:12:1> boots' : ''}`,
  });
  return gateway;
}

test('on photos, a tune is trained', async () => {
  const { run, emulator } = await startStudio();
  const { data, errors } = await run(RUN, {
    input: {
      id: 'coast',
      title: 'Maya',
      name: 'woman',
      images: [{ url: 'https://a.example/1.jpg' }],
      characteristics: { eye_color: 'green' },
      callback: 'https://shop.example/tune',
      promptsCallback: 'https://shop.example/prompts',
      brief: 'at night',
      promptAttributes: { numImages: 2, callback: 'https://shop.example/prompt' },
    },
  });
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    runPack: {
      tune: { title: 'Maya', status: 'READY' },
      prompts: null,
      order: null,
      message: null,
    },
  });
  expect(emulator.requests[0]).toMatchObject({
    method: 'POST',
    path: '/p/coast/tunes',
    body: {
      tune: {
        title: 'Maya',
        name: 'woman',
        image_urls: ['https://a.example/1.jpg'],
        characteristics: { eye_color: 'green' },
        callback: 'https://shop.example/tune',
        prompts_callback: 'https://shop.example/prompts',
        brief: 'at night',
        prompt_attributes: { num_images: 2, callback: 'https://shop.example/prompt' },
      },
    },
  });
});

test('on a tune there is already, Astria says nothing but that it was done', async () => {
  const { run } = await startStudio();
  const { data, errors } = await run(
    `mutation {
      runPack(input: { id: 4300, tuneIds: [11], promptIds: [50] }) {
        tune { id } prompts { id } order { astriaId } message
        query { pack(id: 4300) { generatedPrompts { nodes { basePack { slug } } } } }
      }
    }`,
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    runPack: {
      tune: null,
      prompts: null,
      order: null,
      message: 'Prompts created',
      query: { pack: { generatedPrompts: { nodes: [{ basePack: { slug: 'coast' } }] } } },
    },
  });
});

test('of a multi pack, there is an order and its prompts', async () => {
  const { run } = await startStudio(true);
  const { data, errors } = await run(RUN, { input: { id: 4300, tuneIds: [11, 12] } });
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    runPack: {
      tune: null,
      prompts: [{ text: expect.stringContaining('<faceid:11:1>') }],
      order: {
        astriaId: expect.any(Number),
        tunes: [{ title: 'Ines' }, { title: 'Boots' }],
        totalCost: { usd: expect.any(Number) },
      },
      message: 'Prompts created',
    },
  });
});

test.each([
  ['title: "x"', [['images', 'must contain at least one image if there are no tuneIds']]],
  ['images: [{ url: "https://a.example/1" }]', [['title', "can't be blank"]]],
  ['tuneIds: []', [['tuneIds', "can't be blank"]]],
  [
    'tuneIds: [1], title: "x", images: [{ url: "https://a.example/1" }]',
    [
      ['images', 'not together with tuneIds: give one or the other'],
      ['title', 'only with images'],
    ],
  ],
  [
    'tuneIds: [1], promptsCallback: "http://x.example"',
    [['promptsCallback', 'must be an https address, without a placeholder in braces']],
  ],
  ['tuneIds: [1], promptIds: []', [['promptIds', "can't be blank; leave it out for all"]]],
  [
    'title: "x", images: [{ url: "https://a.example/1" }], name: "wo-man", characteristics: [1]',
    [
      ['name', 'only English letters, numbers and spaces allowed'],
      ['characteristics', 'must be an object'],
    ],
  ],
])('a run with %s is refused before any call', async (fields, complaints) => {
  const { run, requests } = await startGateway();
  const { errors } = await run(`mutation { runPack(input: { id: 5, ${fields} }) { message } }`);
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'VALIDATION_FAILED',
    fieldErrors: complaints.map(([field, message]) => ({ path: ['input', field], message })),
  });
  expect(requests()).toEqual([]);
});

test('overrides out of range are refused at their place', async () => {
  const { run } = await startGateway();
  const { errors } = await run(
    'mutation { runPack(input: { id: 5, tuneIds: [1], promptAttributes: { steps: 99 } }) { message } }',
  );
  expect(errors?.[0]?.extensions).toMatchObject({
    fieldErrors: [
      { path: ['input', 'promptAttributes', 'steps'], message: 'must be between 0 and 50' },
    ],
  });
});

test('two workspaces in one input are refused', async () => {
  const { run, requests } = await startGateway();
  const { errors } = await run(
    'mutation { runPack(input: { id: 5, tuneIds: [1], workspaceId: 2, promptAttributes: { workspaceId: 3 } }) { message } }',
  );
  expect(errors?.[0]?.extensions).toMatchObject({
    fieldErrors: [
      {
        path: ['input', 'promptAttributes', 'workspaceId'],
        message: 'belongs into the input itself',
      },
    ],
  });
  expect(requests()).toEqual([]);
});

test('what Astria says of a prompt of the run is told at its place', async () => {
  const { run, emulator } = await startStudio();
  emulator.fail({
    status: 422,
    body: { num_images: ['too many'], title: ['too long'], base: ['no money'] },
  });
  const { errors } = await run(
    'mutation { runPack(input: { id: 4300, tuneIds: [11], promptAttributes: { numImages: 8 } }) { message } }',
  );
  expect(errors?.[0]?.extensions?.fieldErrors).toEqual([
    { path: ['input', 'promptAttributes', 'numImages'], message: 'too many' },
    { path: ['input', 'title'], message: 'too long' },
    { path: ['input'], message: 'no money' },
  ]);
});

test('the trained tune and the ids of prompts are there without another call', async () => {
  const { run, emulator } = await startStudio(true);
  emulator.fail({ method: 'GET', status: 503, times: 10 });
  const trained = await run(
    'mutation { runPack(input: { id: 4300, title: "Maya", name: "woman", images: [{ url: "https://a.example/1" }] }) { tune { title } } }',
  );
  expect(trained).toEqual({ data: { runPack: { tune: { title: 'Maya' } } } });
  const { data } = await run(
    'mutation { runPack(input: { id: 4300, tuneIds: [11, 12] }) { promptIds prompts { text } order { tuneIds } } }',
  );
  expect(data).toEqual({
    runPack: { promptIds: [expect.any(Number)], prompts: [null], order: { tuneIds: [11, 12] } },
  });
});

test('prompts of a run that went elsewhere come with a warning', async () => {
  const { run } = await startStudio(true);
  const { data } = await run(
    'mutation { runPack(input: { id: 4300, tuneIds: [11, 12], workspaceId: 5 }) { warnings { code } } }',
  );
  expect(data).toEqual({ runPack: { warnings: [{ code: 'WRONG_WORKSPACE' }] } });
});
