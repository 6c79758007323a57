/** Bodies that are written in another way than is read here are refused in words: what they hold would be other texts. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { END, file, post } from '../support/multipart.ts';
import { mapOf, operationsOf } from '../support/uploads.ts';

const QUERY = JSON.stringify({ query: '{ __typename }' });
const ANSWER = { data: { __typename: 'Query' } };

async function send(body: BodyInit, headers: Record<string, string>) {
  const { fetch, requests } = await startGateway();
  const response = await fetch('/graphql', { method: 'POST', headers, body });
  const answer = await response.json();
  expect(requests()).toEqual([]);
  return { status: response.status, encodings: response.headers.get('accept-encoding'), answer };
}

const refusal = (message: string) => ({
  errors: [{ message, extensions: { code: 'BAD_REQUEST' } }],
});

test.each(['gzip', 'br', 'GZIP, br', 'constructor'])('a body encoded as %s', async (coding) => {
  const headers = { 'content-type': 'application/json', 'content-encoding': coding };
  expect(await send(gzipSync(QUERY), headers)).toEqual({
    status: 415,
    encodings: 'identity',
    answer: refusal(
      `A body with \`Content-Encoding: ${coding}\` cannot be read: send it uncompressed.`,
    ),
  });
});

test('an upload too', async () => {
  const { url } = await startGateway();
  const parts = [operationsOf(1), mapOf(1), file('0'), END];
  const { status, errors } = await post(url, parts, { 'content-encoding': 'gzip' });
  expect(status).toBe(415);
  expect(errors[0].message).toContain('`Content-Encoding: gzip`');
});

test.each([
  ['application/json; charset=utf-16le', 'utf-16le'],
  ['application/json;charset="ISO-8859-1"', 'ISO-8859-1'],
  ['application/graphql+json ; Charset = latin1', 'latin1'],
  ['application/x-www-form-urlencoded; charset=windows-1252', 'windows-1252'],
])('a body of %s', async (type, charset) => {
  const headers = { 'content-type': type, 'x-requested-with': 'x' };
  expect(await send(Buffer.from(QUERY, 'utf16le'), headers)).toMatchObject({
    status: 415,
    answer: refusal(`A body with \`charset=${charset}\` cannot be read: send it in UTF-8.`),
  });
});

test.each([
  { 'content-type': 'application/json ; charset=utf-8' },
  { 'content-type': 'application/json;charset=UTF8' },
  { 'content-type': 'application/json\t; charset="utf-8" ; profile=x' },
  { 'content-type': 'application/json; charset=us-ascii' },
  { 'content-type': 'application/json', 'content-encoding': 'Identity' },
  { 'content-type': 'application/json', 'content-encoding': '' },
])('a body with %j is read', async (headers) => {
  expect(await send(QUERY, headers as Record<string, string>)).toEqual({
    status: 200,
    encodings: null,
    answer: ANSWER,
  });
});

test('a body in another encoding than it declares is refused', async () => {
  const latin1 = Buffer.from('{"query":"{ __typename } # café"}', 'latin1');
  expect(await send(latin1, { 'content-type': 'application/json' })).toMatchObject({
    status: 400,
    answer: refusal('The body is not UTF-8: send it in that.'),
  });
});

test('an address or a form in another encoding is refused too', async () => {
  const { fetch } = await startGateway();
  const broken = 'query={__typename}%23caf%E9';
  const whole = ['{__typename}%23caf%C3%A9', '{__typename}%23%EF%BF%BD', '{__typename}%23%'];
  const form = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-requested-with': 'x',
  };
  const answers = [
    await fetch(`/graphql?${broken}`),
    await fetch('/graphql', { method: 'POST', headers: form, body: broken }),
  ];
  for (const response of answers) {
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual(refusal('What is sent is not UTF-8: encode it in that.'));
  }
  for (const query of whole) {
    expect(await (await fetch(`/graphql?query=${query}`)).json()).toEqual(ANSWER);
  }
});

test('an unknown path gets a 404 that names the path of the graph', async () => {
  const { fetch } = await startGateway();
  for (const method of ['GET', 'POST', 'PUT']) {
    const response = await fetch('/', { method });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      errors: [
        {
          message: 'There is nothing at this path: the graph is at `/graphql`.',
          extensions: { code: 'NOT_FOUND' },
        },
      ],
    });
  }
});
