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
        message:
          'The variables hold 5001 values, but at most 5000 are allowed: send several requests.',
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

const CREATE_PROMPT = `mutation ($text: String!) {
  createPrompt(input: { tuneId: 1504944, text: $text }) { prompt { text } }
}`;

test('texts and names that are too long are refused, and those that are just not reach Astria', async () => {
  const { run, requests } = await startGateway();
  const refusal = (found: number) => ({
    errors: [
      {
        message: `The variables have ${found} characters in names and texts, but at most 200000 are allowed: send less at once.`,
        extensions: {
          code: 'OPERATION_TOO_COMPLEX',
          limit: { name: 'variableCharacters', max: 200_000, found },
        },
      },
    ],
  });
  const longest = 200_000 - 'text'.length;
  expect(await run(CREATE_PROMPT, { text: 'x'.repeat(longest + 1) })).toEqual(refusal(200_001));
  const named = { text: '', ['n'.repeat(200_000)]: 1 };
  expect(await run(CREATE_PROMPT, named)).toEqual(refusal(200_004));
  expect(requests()).toEqual([]);
  const text = 'x'.repeat(longest);
  expect(await run(CREATE_PROMPT, { text })).toEqual({
    data: { createPrompt: { prompt: { text } } },
  });
});

test('a text with half a character is refused, one with a whole one is not', async () => {
  const { run, requests } = await startGateway();
  expect(await run(CREATE_PROMPT, { text: 'a \ud83d' })).toEqual({
    errors: [
      {
        message:
          'A text in the variables holds half a character (a lone surrogate): cut texts between characters.',
        extensions: { code: 'BAD_REQUEST' },
      },
    ],
  });
  expect(requests()).toEqual([]);
  expect(await run(CREATE_PROMPT, { text: 'a 😀' })).toEqual({
    data: { createPrompt: { prompt: { text: 'a 😀' } } },
  });
});
