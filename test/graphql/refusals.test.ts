/** Astria's refusals (422), as a client learns of them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFieldErrors, readSentence } from '../../src/graphql/astria-messages.ts';
import { startGateway } from '../support/gateway.ts';

const samples: unknown[] = JSON.parse(
  readFileSync(new URL('../samples/errors-422.json', import.meta.url), 'utf8'),
);

test.each([
  [
    0,
    'Images must contain at least one image',
    [[['input'], 'images must contain at least one image']],
  ],
  [
    1,
    'Text must include `ohwx man`. Cfg scale must be less than 5. Negative prompt not supported on Flux',
    [
      [['input', 'text'], 'must include `ohwx man`'],
      [['input', 'cfgScale'], 'must be less than 5'],
      [['input', 'negativePrompt'], 'not supported on Flux'],
    ],
  ],
  [
    2,
    'Name only English letters, numbers and spaces allowed',
    [[['input'], 'name only English letters, numbers and spaces allowed']],
  ],
  [3, 'Num images must be 1 for --video', [[['input', 'numImages'], 'must be 1 for --video']]],
  [
    4,
    'Prompt is not using a fine-tuned model',
    [[['input'], 'Prompt is not using a fine-tuned model']],
  ],
  [
    5,
    'could not download https://images.example/é.jpg',
    [[['input'], 'could not download https://images.example/é.jpg']],
  ],
  [6, "Title can't be blank", [[['input'], "title can't be blank"]]],
  [7, "Title can't be blank", [[['input'], "Title can't be blank"]]],
  [8, 'Not enough balance. Top up', [[['input'], 'Not enough balance. Top up']]],
])('Astria’s refusal %i is one for a person', async (index, message, fieldErrors) => {
  const { run, emulator } = await startGateway();
  emulator.fail({ status: 422, body: JSON.stringify(samples[index]) });
  const { data, errors } = await run(
    'mutation { createPrompt(input: { tuneId: 1504944, text: "x" }) { prompt { id } } }',
  );
  expect(data).toBeNull();
  expect(errors).toEqual([
    {
      message,
      locations: [{ line: 1, column: 12 }],
      path: ['createPrompt'],
      extensions: {
        code: 'VALIDATION_FAILED',
        fieldErrors: fieldErrors.map(([path, text]) => ({ path, message: text })),
        source: 'ASTRIA',
      },
    },
  ]);
});

test.each([
  [{ input_image_url: ['x'] }, ['input', 'inputImage']],
  [{ image_urls: ['x'] }, ['input', 'imageUrls']],
  [{ image_reference_urls: ['x'] }, ['input', 'imageReferences']],
  [{ 'prompts_attributes.text': ['x'] }, ['input', 'promptsAttributes', 'text']],
  [{ pack: ['x'] }, ['input', 'packId']],
  [{ base_tune: ['x'] }, ['input', 'baseTuneId']],
  [{ prompt: { text: ['x'] } }, ['input', 'text']],
  [{ errors: [{ title: 'x' }] }, ['input', 'title']],
  [['x'], ['input']],
  ['x', ['input']],
])('the field of %j is found in our input', (body, path) => {
  const subject = {
    body: { prompt: { text: 'x' } },
    names: { prompt: { pack_id: 'Pack', base_tune_id: 'Tune' } },
  } as const;
  expect(readFieldErrors(body, ['input'], subject)).toEqual([{ path, message: 'x' }]);
});

test.each([
  [
    'a token is not a tag',
    { text: ['must not include <1> or <lora:1:1>'] },
    'Text must not include <1> or <lora:1:1>',
  ],
  ['entities are read', { error: 'Fish &amp; chips &lt;3' }, 'Fish & chips <3'],
  [
    'what is meant for machines is left out',
    { success: false, code: 7, status: 422, error: 'real' },
    'real',
  ],
  ['an error may be an object', { error: { message: 'real' } }, 'real'],
  ['nothing said is nothing', {}, undefined],
  ['a page is nothing', undefined, undefined],
])('%s', (_, body, sentence) => {
  expect(readSentence(body)).toBe(sentence);
});

test('however deep a refusal is nested, it is read', () => {
  let body: unknown = ['x'];
  for (let depth = 0; depth < 20_000; depth++) body = { field: body };
  expect(readSentence(body)).toBeUndefined();
});

test('what an error page tells of the inside stays inside', async () => {
  const { run, emulator } = await startGateway();
  const body = {
    error: 'Bad Request',
    exception: '#<ParseError>',
    path: '/tunes/5',
    token: 'sd_x',
    url: 'https://x',
  };
  emulator.fail({ status: 400, body });
  const { errors } = await run('{ tune(id: 5) { title } }');
  expect(errors).toMatchObject([
    { message: 'Bad Request', extensions: { code: 'BAD_REQUEST', source: 'ASTRIA' } },
  ]);
});
