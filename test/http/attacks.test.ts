/** The known attacks on GraphQL servers, as requests: none is dear, none breaks anything. */
import { expect, test } from 'vitest';
import { ATTACKS, times } from '../support/attacks.ts';
import { startGateway } from '../support/gateway.ts';

type Attack = [path: string, init: RequestInit];

const json = { 'content-type': 'application/json' };
const post = (body: unknown, headers = {}): Attack => [
  '/graphql',
  {
    method: 'POST',
    headers: { ...json, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  },
];
const question = (query: string) => post({ query });
const form = 'application/x-www-form-urlencoded';
const mutation = 'mutation { deleteTune(input: { id: 5 }) { deletedId } }';

const REQUESTS: Record<string, Attack> = {
  ...Object.fromEntries(
    Object.entries(ATTACKS).map(([name, [document]]) => [name, question(document)]),
  ),
  'a batch': post(times(5000, () => '{"query":"{ __typename }"}').replaceAll('} {', '},{')),
  'a batch of many': post(Array.from({ length: 5000 }, () => ({ query: '{ __typename }' }))),
  'a batch of introspections': post(
    Array.from({ length: 10 }, () => ({ query: '{ __schema { types { name } } }' })),
  ),
  'a mutation by GET': [`/graphql?query=${encodeURIComponent(mutation)}`, {}],
  'a mutation by form': [
    '/graphql',
    {
      method: 'POST',
      headers: { 'content-type': form },
      body: `query=${encodeURIComponent(mutation)}`,
    },
  ],
  'a mutation as text': post(mutation, { 'content-type': 'text/plain' }),
  'traces asked for': post({ query: '{ __typename }', extensions: { tracing: true } }),
  'a type of its own': question('{ tune(id: {}) { id } }'),
  'variables of another kind': post({ query: '{ __typename }', variables: 'x' }),
  'variables of the prototype': post(
    '{"query":"query ($a: Int) { tunes(first: $a) { nodes { id } } }","variables":{"__proto__":{"a":1},"constructor":1}}',
  ),
  'an operation name that is none': post({ query: '{ __typename }', operationName: {} }),
  'deep variables': post(
    `{"query":"{ __typename }","variables":{"a":${'['.repeat(5000)}${']'.repeat(5000)}}}`,
  ),
  'no query': post({}),
  'null for a query': post({ query: null }),
  'a list for a query': post({ query: ['{ __typename }'] }),
  'a subscription': question('subscription { tunes { id } }'),
};

test.each(Object.entries(REQUESTS))(
  '%s is no defect, and takes less than 50 ms of CPU',
  async (_, [path, init]) => {
    const { fetch, requests } = await startGateway();
    const codes = new Set<string | undefined>();
    const msOf = async () => {
      const before = process.cpuUsage();
      const response = await fetch(path, init);
      const text = await response.text();
      const { user, system } = process.cpuUsage(before);
      expect(response.status).toBeLessThan(500);
      for (const answer of [JSON.parse(text)].flat()) {
        for (const { extensions } of answer.errors ?? []) codes.add(extensions.code);
      }
      return (user + system) / 1000;
    };
    // The first loads yoga, and runs code that is not compiled yet.
    const ms = [await msOf(), await msOf(), await msOf(), await msOf()];
    expect(Math.min(...ms)).toBeLessThan(50);
    expect([...codes].every((code) => code && code !== 'INTERNAL')).toBe(true);
    // Some are sound, and cost a call each time.
    expect(requests().length).toBeLessThanOrEqual(ms.length);
  },
);
