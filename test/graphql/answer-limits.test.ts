/** Answers that are cheap to ask for and dear to write. */
import type { ExecutionResult } from 'graphql';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const TEXT = 'x'.repeat(100_000);
const CREATE = `mutation ($text: String!) {
  createPrompt(input: { tuneId: 1504944, text: $text }) { prompt { astriaId } }
}`;

/** A prompt's text, so many times. */
const textTimes = (count: number) =>
  Array.from({ length: count }, (_, index) => `${nameOf(index)}: text`).join(' ');
const nameOf = (index: number) => `t${10 + index}`;
const listed = (count: number) => `{ prompts(first: 2) { nodes { ${textTimes(count)} } } }`;
/** With all names. */
const lengthOf = (count: number) => 'promptsnodes'.length + 2 * count * (TEXT.length + 3);

async function startWithTexts() {
  const gateway = await startGateway();
  for (let count = 0; count < 2; count++) await gateway.run(CREATE, { text: TEXT });
  return gateway;
}

test('an answer that is too long is refused, by a plan and by graphql-js', async () => {
  const { run } = await startWithTexts();
  const found = lengthOf(50);
  const refusal = {
    errors: [
      {
        message: `The answer has ${found} characters in names and texts, where 10000000 are allowed: ask for fewer rows or fields at once.`,
        extensions: {
          code: 'OPERATION_TOO_COMPLEX',
          limit: { name: 'answerCharacters', max: 10_000_000, found },
        },
      },
    ],
  };
  for (let time = 0; time < 3; time++) expect(await run(listed(50))).toEqual(refusal);
  const texts = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [nameOf(index), TEXT]));
  expect(await run(listed(49))).toEqual({ data: { prompts: { nodes: [texts, texts] } } });
});

test('long names count in each row', async () => {
  const { run, account } = await startGateway();
  for (let count = 0; count < 100; count++) account.addTune({ title: 'x' });
  const name = 'n'.repeat(60_000);
  const { errors } = await run(
    `{ a: tunes(first: 100) { nodes { ...F } } b: tunes(first: 99) { nodes { ...F } } } fragment F on Tune { ${name}: astriaId }`,
  );
  expect(errors?.[0]?.extensions?.limit).toMatchObject({ name: 'answerCharacters' });
});

test('a mutation whose answer is too long says that it has been carried out', async () => {
  const { run } = await startWithTexts();
  const create = CREATE.replace(/ }$/m, ` query ${listed(50)} }`);
  const { errors } = await run(create, { text: TEXT });
  expect(errors?.[0]?.message).toMatch(/fields at once\. What it should change is changed\.$/);
  expect(await run('{ prompts { nodes { text } } }')).toEqual({
    data: { prompts: { nodes: Array(3).fill({ text: TEXT }) } },
  });
});

test('the operations of a batch share what one may be answered', async () => {
  const { url } = await startWithTexts();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ query: listed(26) }, { query: listed(24) }]),
  });
  const answers = (await response.json()) as ExecutionResult<{ prompts: { nodes: unknown[] } }>[];
  expect(answers[0]?.errors?.[0]?.extensions?.limit).toEqual({
    name: 'answerCharacters',
    max: 5_000_000,
    found: lengthOf(26),
  });
  expect(answers[1]?.data?.prompts.nodes).toHaveLength(2);
});
