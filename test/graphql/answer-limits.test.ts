/** Answers that are cheap to ask for and dear to write. */
import type { ExecutionResult } from 'graphql';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const TEXT = 'x'.repeat(100_000);
const CREATE = `mutation ($text: String!) {
  createPrompt(input: { tuneId: 1504944, text: $text }) { prompt { astriaId } }
}`;
const REMEDY = 'ask for fewer rows or fields at once.';
const LOOK = ' The changes that it made remain: check them before you send it again.';

/** A field under so many names. */
const times = (count: number, field: string) =>
  Array.from({ length: count }, (_, index) => `f${100 + index}: ${field}`).join(' ');
const texts = (count: number) => `{ prompts(first: 2) { nodes { ${times(count, 'text')} } } }`;

async function startWithTexts(text = TEXT) {
  const gateway = await startGateway();
  for (let count = 0; count < 2; count++) await gateway.run(CREATE, { text });
  return gateway;
}

test('an answer that is too long is refused, by a plan and by graphql-js', async () => {
  const { run } = await startWithTexts();
  for (let time = 0; time < 3; time++) {
    const { data, errors } = await run(texts(25));
    expect(data).toBeNull();
    const found = 5_000_644;
    expect(errors).toEqual([
      {
        message: `The answer has ${found} bytes or more, but at most 5000000 are allowed: ${REMEDY}`,
        extensions: {
          code: 'OPERATION_TOO_COMPLEX',
          limit: { name: 'answerBytes', max: 5_000_000, found },
        },
      },
    ]);
  }
  const { data } = await run(texts(24));
  expect(JSON.stringify(data)).toHaveLength(4_800_507);
});

// In UTF-8 and JSON.
test.each([
  ['quotes', '"', 2],
  ['control characters', '\u0001', 6],
  ['ideographs', '漢', 3],
  ['letters with marks', 'é', 2],
  ['emoji', '😀', 4],
])('%s count as they are written', async (_, character, bytes) => {
  const { run } = await startWithTexts(character.repeat(50_000));
  const most = Math.ceil(5_000_000 / (2 * 50_000 * bytes)) - 1;
  expect((await run(texts(most))).errors).toBeUndefined();
  const { errors } = await run(texts(most + 1));
  expect(errors?.[0]?.extensions?.limit).toMatchObject({ name: 'answerBytes' });
});

test('a mutation whose answer is too long says that it may have been carried out', async () => {
  const { run } = await startWithTexts();
  const create = CREATE.replace(/ }$/m, ` query ${texts(25)} }`);
  const { errors } = await run(create, { text: TEXT });
  expect(errors?.[0]?.message).toMatch(new RegExp(`: ${REMEDY}${LOOK}$`));
  expect(await run('{ prompts { nodes { text } } }')).toEqual({
    data: { prompts: { nodes: Array(3).fill({ text: TEXT }) } },
  });
});

test('the operations of a batch share what one may be answered', async () => {
  const { url } = await startWithTexts();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ query: texts(13) }, { query: texts(12) }]),
  });
  const answers = (await response.json()) as ExecutionResult<{ prompts: { nodes: unknown[] } }>[];
  expect(answers[0]?.errors?.[0]?.extensions?.limit).toMatchObject({
    name: 'answerBytes',
    max: 2_500_000,
  });
  expect(answers[1]?.data?.prompts.nodes).toHaveLength(2);
});

const failing = (count: number) =>
  `{ tunes(first: 100) { nodes { ${times(count, 'reference(strength: 1000)')} } } }`;

test('an operation of which too much fails is refused, by a plan and by graphql-js', async () => {
  const { run, account } = await startGateway();
  for (let count = 0; count < 100; count++) account.addTune({ title: 'x' });
  for (let time = 0; time < 3; time++) {
    const { data, errors = [] } = await run(failing(3));
    expect(data).toBeNull();
    expect(errors).toHaveLength(21);
    const paths = errors.slice(0, 20).map(({ path }) => path?.join('.'));
    expect(paths.slice(0, 4)).toEqual([
      'tunes.nodes.0.f100',
      'tunes.nodes.0.f101',
      'tunes.nodes.0.f102',
      'tunes.nodes.1.f100',
    ]);
    expect(errors[20]?.message).toBe(
      `More than 200 fields have failed, some of which are listed: ${REMEDY}`,
    );
    expect(errors[20]?.extensions).toMatchObject({
      code: 'OPERATION_TOO_COMPLEX',
      limit: { name: 'errors', max: 200 },
    });
  }
  const { data, errors } = await run(failing(2));
  expect(errors).toHaveLength(200);
  expect((data as { tunes: { nodes: unknown[] } }).tunes.nodes).toHaveLength(100);
});

test('a long alias counts in the path of each error below it', async () => {
  const { run, account } = await startGateway();
  for (let count = 0; count < 100; count++) account.addTune({ title: 'x' });
  const { data, errors = [] } = await run(`{ ${'n'.repeat(90_000)}: ${failing(2).slice(1)}`);
  expect(data).toBeNull();
  expect(errors).toHaveLength(21);
  expect(errors[20]?.extensions?.limit).toMatchObject({ name: 'answerBytes', max: 5_000_000 });
});

test('the operations of a batch share what may fail of one', async () => {
  const { url, account } = await startGateway();
  for (let count = 0; count < 100; count++) account.addTune({ title: 'x' });
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ query: failing(1) }, { query: failing(2) }]),
  });
  const [within, beyond] = (await response.json()) as ExecutionResult[];
  expect(within?.errors).toHaveLength(100);
  expect(within?.data).not.toBeNull();
  expect(beyond?.errors?.at(-1)?.extensions?.limit).toMatchObject({ name: 'errors', max: 100 });
});

const references = (count: number) =>
  `{ prompts(first: 50) { nodes { ${times(count, 'references { strength }')} } } }`;

test('an answer whose lists have too much is refused, by a plan and by graphql-js', async () => {
  const { run, account } = await startGateway();
  const text = '<lora:1:1>'.repeat(100);
  for (let count = 0; count < 50; count++) account.addPrompt({ tune_id: 1504944, text });
  for (let time = 0; time < 3; time++) {
    expect(await run(references(2))).toEqual({
      errors: [
        {
          message: `The lists of the answer have more than 10000 elements: ${REMEDY}`,
          extensions: {
            code: 'OPERATION_TOO_COMPLEX',
            limit: { name: 'elements', max: 10_000, found: 'more' },
          },
        },
      ],
      data: null,
    });
    expect(await run(references(1))).not.toHaveProperty('errors');
  }
});

test('what costs money is not sent once too much is there', async () => {
  const { run, account, requests } = await startGateway();
  const text = '<lora:1:1>'.repeat(100);
  for (let count = 0; count < 50; count++) account.addPrompt({ tune_id: 1504944, text });
  const create = `createPrompt(input: { tuneId: 1504944, text: "a" })`;
  const { errors } = await run(
    `mutation { a: ${create} { query ${references(3)} } b: ${create} { prompt { id } } }`,
  );
  expect(errors?.at(-1)?.message).toBe(
    `The lists of the answer have more than 10000 elements: ${REMEDY}${LOOK}`,
  );
  expect(requests().filter((request) => request.startsWith('POST'))).toHaveLength(1);
});

test('a message that quotes what was sent is cut', async () => {
  const { run } = await startGateway();
  const filter = { ['k'.repeat(90_000)]: 1 };
  const { errors } = await run('query ($f: TuneFilter) { tunes(filter: $f) { nodes { id } } }', {
    f: filter,
  });
  expect(errors?.[0]?.message).toMatch(/^Variable "\$f" got invalid value { kkk.*…$/);
  expect(errors?.[0]?.message).toHaveLength(1001);
});
