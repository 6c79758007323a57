/** More than anybody needs: of bytes, of headers, of parts. */
import { gzipSync } from 'node:zlib';
import { BOUNDARY, END, part } from '../support/multipart.ts';
import { AUTHORIZATION, get, post } from './known.ts';
import type { Attack } from './raw.ts';

const JSON_TYPE = ['Content-Type', 'application/json'] as const;
const query = (characters: number) =>
  JSON.stringify({ query: `{ __typename } #${'x'.repeat(characters)}` });
const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;

const upload = (...parts: Buffer[]) => {
  const request = post(Buffer.concat(parts), `multipart/form-data; boundary=${BOUNDARY}`);
  const headers = [...request.headers, ['Apollo-Require-Preflight', 'true'] as const];
  return { ...request, headers };
};
const operations = part('form-data; name="operations"', '{"query":"{ __typename }"}');
const pathOf = (index: number) => [`variables.${index}`];
const mapOf = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [n, pathOf(n)])));

const FORM_START = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="operations"\r\n\r\n`;
const chunkedForm = `${FORM_START.length.toString(16)}\r\n${FORM_START}\r\n${'1\r\n{\r\n'.repeat(100_000)}0\r\n\r\n`;

const REQUESTS: Record<string, Omit<Attack, 'name'>> = {
  'a body of 5 MB': post(query(5_000_000)),
  'a body of 5 MB in chunks': {
    ...post(chunked(query(5_000_000))),
    headers: [AUTHORIZATION, JSON_TYPE, ['Transfer-Encoding', 'chunked']],
  },
  'a form of 5 MB': post(`query=${'x'.repeat(5_000_000)}`, 'application/x-www-form-urlencoded'),
  'a body that unpacks to 50 MB': {
    ...post(gzipSync(Buffer.alloc(50_000_000))),
    headers: [AUTHORIZATION, JSON_TYPE, ['Content-Encoding', 'gzip']],
  },
  'a body in pieces of a byte': {
    ...post(`${'1\r\n{\r\n'.repeat(50_000)}0\r\n\r\n`),
    headers: [AUTHORIZATION, JSON_TYPE, ['Transfer-Encoding', 'chunked']],
    isBroken: true,
  },
  'an upload in pieces of a byte': {
    ...upload(Buffer.from(chunkedForm)),
    headers: [
      AUTHORIZATION,
      ['Content-Type', `multipart/form-data; boundary=${BOUNDARY}`],
      ['Apollo-Require-Preflight', '1'],
      ['Transfer-Encoding', 'chunked'],
    ],
    isBroken: true,
  },
  'a body said to be endless': {
    ...post('{'),
    headers: [AUTHORIZATION, JSON_TYPE, ['Content-Length', '999999999999999']],
    isBroken: true,
  },
  'a length below none': {
    ...post('{}'),
    headers: [AUTHORIZATION, JSON_TYPE, ['Content-Length', '-1']],
    isBroken: true,
  },
  'two lengths': {
    ...post('{}'),
    headers: [AUTHORIZATION, JSON_TYPE, ['Content-Length', '2'], ['Transfer-Encoding', 'chunked']],
    isBroken: true,
  },
  'a header of 100 kB': {
    ...get('/graphql'),
    headers: [['Authorization', `Bearer sd_${'x'.repeat(100_000)}`]],
  },
  'a workspace of 15 kB': {
    ...post(query(1)),
    headers: [AUTHORIZATION, JSON_TYPE, ['X-Workspace-Id', '1'.repeat(15_000)]],
  },
  'many headers': {
    ...get('/graphql'),
    headers: Array.from({ length: 2000 }, (_, n) => [`a${n}`, 'x'] as const),
  },
  'many keys': {
    ...post(query(1)),
    headers: [
      JSON_TYPE,
      ...Array.from({ length: 100 }, (_, n) => ['Authorization', `Bearer sd_${n}`] as const),
    ],
  },
  'an address of 100 kB': get(`/graphql?query=${'x'.repeat(100_000)}`),
  'an address of many parts': get(`/graphql?${'a&'.repeat(7000)}`),
  'operations of 5 MB': upload(part('form-data; name="operations"', query(5_000_000)), END),
  'a map of 1 MB': upload(operations, part('form-data; name="map"', mapOf(40_000)), END),
  'a map of 101 files': upload(operations, part('form-data; name="map"', mapOf(101)), END),
  'parts that nobody mapped': upload(
    operations,
    part('form-data; name="map"', '{}'),
    ...Array.from({ length: 5000 }, (_, n) => part(`form-data; name="${n}"; filename="x.png"`, '')),
    END,
  ),
  'many texts': upload(
    ...Array.from({ length: 20_000 }, (_, n) => part(`form-data; name="${n}"`, 'x')),
    END,
  ),
  'many ends': upload(Buffer.from(`\r\n--${BOUNDARY}`.repeat(50_000)), END),
};

export const OVERSIZED: readonly Attack[] = Object.entries(REQUESTS).map(([name, request]) => ({
  name,
  ...request,
}));
