/** Variables that are small to send and dear to check. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const CREATE = `mutation ($prompts: [PromptAttributesInput!]) {
  createTune(input: { title: "x", imageUrls: [], promptsAttributes: $prompts }) { tune { id } }
}`;

test('variables with too many values are refused before they are looked at', async () => {
  const { run, requests } = await startGateway();
  const prompts = Array.from({ length: 2500 }, () => ({ text: 7 }));
  expect(await run(CREATE, { prompts })).toEqual({
    errors: [
      {
        message: 'The variables hold 5001 values, where 5000 are allowed: send several requests.',
        extensions: {
          code: 'OPERATION_TOO_COMPLEX',
          limit: { name: 'variableValues', max: 5000, found: 5001 },
        },
      },
    ],
  });
  expect(requests()).toEqual([]);
});

test('as many as may be are looked at, nested as deep as they like', async () => {
  const { run } = await startGateway();
  const prompts = Array.from({ length: 2499 }, () => ({ text: 7 }));
  expect((await run(CREATE, { prompts })).errors?.[0]?.extensions).toMatchObject({
    code: 'BAD_REQUEST',
  });
  let deep: unknown = 1;
  for (let depth = 0; depth < 4000; depth++) deep = [deep];
  expect((await run('query ($a: ID!) { tune(id: $a) { id } }', { a: deep })).errors).toHaveLength(
    1,
  );
});

test('a text that is too long is refused, and one that is just not reaches Astria', async () => {
  const { run, requests } = await startGateway();
  const create = `mutation ($text: String!) {
    createPrompt(input: { tuneId: 1504944, text: $text }) { prompt { text } }
  }`;
  expect(await run(create, { text: 'x'.repeat(100_001) })).toEqual({
    errors: [
      {
        message:
          'A text in the variables has 100001 characters, where 100000 are allowed: shorten it.',
        extensions: {
          code: 'OPERATION_TOO_COMPLEX',
          limit: { name: 'variableCharacters', max: 100_000, found: 100_001 },
        },
      },
    ],
  });
  expect(requests()).toEqual([]);
  const text = 'x'.repeat(100_000);
  expect(await run(create, { text })).toEqual({ data: { createPrompt: { prompt: { text } } } });
});
