/** Of a request with two faults the one is told that stands first: what is in front is asked first, and spends least. */
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const CROSS_SITE = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
const TOO_LONG = JSON.stringify({ query: `{ __typename } #${'x'.repeat(1_000_000)}` });
const QUERY = '{"query":"{ __typename }"}';
const STRANGER = { authorization: 'Bearer gk_nobody' };

type Environment = Record<string, string>;

interface Sent {
  headers: Record<string, string>;
  body: string;
  environment?: Environment;
  token?: string;
}

async function statusOf({ headers, body, environment, token = '' }: Sent) {
  const { url } = await startGateway({ token, environment });
  const send = () =>
    new Promise<{ status: number | undefined; origin: unknown }>((resolve, reject) => {
      const asked = request(url, { method: 'POST', headers });
      asked.on('error', reject).on('response', (response) => {
        response.resume();
        const origin = response.headers['access-control-allow-origin'];
        resolve({ status: response.statusCode, origin });
      });
      asked.end(body);
    });
  const first = await send();
  return environment?.RATE_LIMIT ? send() : first;
}

const GATEWAY_KEYS = gatewayKeys({ name: 'web' });
const ONCE = { RATE_LIMIT: '1/minute' };

test.each<[string, Sent, number]>([
  [
    'a Host that is not ours, before CORS',
    {
      token: 'sd_test',
      environment: { CORS_ORIGINS: 'https://app.example' },
      headers: { host: 'evil.example', origin: 'https://app.example', ...JSON_TYPE },
      body: QUERY,
    },
    403,
  ],
  [
    'who is not known, before how long the body is',
    {
      environment: { GATEWAY_KEYS },
      token: 'sd_test',
      headers: { ...STRANGER, ...JSON_TYPE },
      body: TOO_LONG,
    },
    401,
  ],
  [
    'who asks too much, before how long the body is',
    { environment: ONCE, headers: JSON_TYPE, body: TOO_LONG },
    429,
  ],
  [
    'how a body is encoded, before how long it is',
    { headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: TOO_LONG },
    415,
  ],
  ['a body that is too long, before CSRF', { headers: FORM, body: 'x'.repeat(1_000_001) }, 413],
  [
    'CSRF, before what the body holds',
    { headers: { ...JSON_TYPE, ...CROSS_SITE }, body: '{' },
    403,
  ],
  [
    'CSRF, before what is accepted',
    { headers: { ...FORM, accept: 'image/png' }, body: 'query=x' },
    415,
  ],
  [
    'what is accepted, before what the body holds',
    { headers: { ...JSON_TYPE, accept: 'image/png' }, body: '{' },
    406,
  ],
])('%s', async (_, sent, status) => {
  expect(await statusOf(sent)).toEqual({ status, origin: undefined });
});

test('a refusal is no stream, whatever is accepted', async () => {
  const { fetch } = await startGateway();
  const headers = { ...JSON_TYPE, accept: 'text/event-stream' };
  const response = await fetch('/graphql', { method: 'POST', headers, body: '{' });
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
});

test('a caller with a key is let in where a stranger is not', async () => {
  const sent = { environment: { GATEWAY_KEYS }, token: 'sd_test', body: QUERY };
  expect((await statusOf({ ...sent, headers: { ...bearer('web'), ...JSON_TYPE } })).status).toBe(
    200,
  );
});
