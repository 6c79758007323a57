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
  ['title: "x"', [['images', 'must contain at least one image']]],
  ['images: [{ url: "https://a.example/1" }]', [['title', "can't be blank"]]],
  ['tuneIds: []', [['tuneIds', "can't be blank"]]],
  [
    'tuneIds: [1], title: "x", images: [{ url: "https://a.example/1" }]',
    [['tuneIds', 'not together with images']],
  ],
  [
    'tuneIds: [1], promptsCallback: "http://x.example"',
    [['promptsCallback', 'must be an https address']],
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
