/** What is passed on as it is either arrives as it was sent, or is refused with its place. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const UPDATE =
  'mutation ($value: JSON) { updateTune(input: { id: 5, characteristics: $value }) { tune { characteristics } } }';

/** As raw text: `JSON.stringify` would write neither number. */
async function update(value: string) {
  const { fetch, account, requests } = await startGateway();
  account.addTune({ id: 5 });
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"query":${JSON.stringify(UPDATE)},"variables":{"value":${value}}}`,
  });
  const { data, errors } = await response.json();
  return { data, errors, requests: requests() };
}

const TOO_LARGE =
  'is larger than can be passed on exactly, which ends at 2^53 - 1: send it as a text.';

test.each([
  ['{"n":12345678901234567890}', `The number at \`n\` ${TOO_LARGE}`],
  ['{"a":[0,{"big":1e400}]}', `The number at \`a.1.big\` ${TOO_LARGE}`],
  ['{"a":-1e400}', `The number at \`a\` ${TOO_LARGE}`],
  ['9007199254740993', `The number ${TOO_LARGE}`],
  ['{"a":{"__proto__":{"b":1}}}', '`__proto__` at `a` cannot be a name: choose another.'],
])('characteristics of %s are refused', async (value, message) => {
  const { errors, requests } = await update(value);
  expect(errors).toHaveLength(1);
  expect(errors[0].message).toContain(message);
  expect(errors[0].extensions).toEqual({ code: 'BAD_REQUEST' });
  expect(requests).toEqual([]);
});

test('what can be passed on is', async () => {
  const value = { n: 2 ** 53 - 1, small: 0.1, list: [1, -7.25e-3, null], constructor: 'x' };
  const { data, errors } = await update(JSON.stringify(value));
  expect(errors).toBeUndefined();
  expect(data.updateTune.tune.characteristics).toEqual(value);
});

test.each([
  ['characteristics: { n: 12345678901234567890 }', `The number at \`n\` ${TOO_LARGE}`],
  ['characteristics: { __proto__: 1 }', '`__proto__` cannot be a name: choose another.'],
  ['characteristics: { n: 1e400 }', 'The number 1e400 is too large: give one below 1.8e308.'],
  [
    'promptsAttributes: [{ text: "x", denoisingStrength: 1e400 }]',
    'The number 1e400 is too large: give one below 1.8e308.',
  ],
])('so it is in a document: %s', async (field, message) => {
  const { run, requests } = await startGateway();
  const { errors } = await run(`mutation {
    createTune(input: { title: "x", name: "man", imageUrls: ["https://a.example/1"], ${field} }) { tune { id } }
  }`);
  expect(errors?.map((error) => error.message).join()).toContain(message);
  expect(requests()).toEqual([]);
});
