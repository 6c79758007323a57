/** Manifests of trusted documents: what is shipped, and what stops the start. */
import { globSync, readFileSync } from 'node:fs';
import { text as textOf } from 'node:stream/consumers';
import { parse, print } from 'graphql';
import { expect, test } from 'vitest';
import * as shipped from '../../client/src/operations.generated.ts';
import { ConfigError, readConfig } from '../../src/config.ts';
import { startGateway } from '../support/gateway.ts';
import { gatewayKeys } from '../support/gateway-keys.ts';
import { apolloOf, fileOf, presetOf, sha256 } from '../support/manifest.ts';
import { ended, start } from '../support/process.ts';

const SHIPPED = 'schema/trusted-documents.json';
const TYPE = 'query Type { __typename }';

const environmentOf = (path: string) => ({
  TRUSTED_DOCUMENTS: 'only',
  TRUSTED_DOCUMENTS_PATH: path,
});

/** What is said where it does not start. */
const faultsOf = (path: string, environment: Record<string, string> = {}) =>
  startGateway({ environment: { ...environmentOf(path), ...environment } }).then(
    () => [],
    (error) => {
      expect(error).toBeInstanceOf(ConfigError);
      return error.message.split('\n');
    },
  );

/** What tools of agents run. */
const ofAgents = globSync('schema/agents/*.graphql').map((file) =>
  print(parse(readFileSync(file, 'utf8'))),
);

test('the shipped manifest holds each document of the client package and of tools, by its hash', () => {
  const { format, version, operations } = JSON.parse(readFileSync(SHIPPED, 'utf8'));
  expect([format, version]).toEqual(['apollo-persisted-query-manifest', 1]);
  const documents = Object.values(shipped).map((document) => print(document));
  expect(documents.length).toBeGreaterThan(30);
  const bodies = operations.map(({ body }: { body: string }) => body);
  expect(ofAgents.length).toBeGreaterThanOrEqual(10);
  expect(bodies.toSorted()).toEqual([...documents, ...ofAgents].toSorted());
  for (const { id, name, type, body } of operations) {
    expect(id).toBe(sha256(body));
    expect(body).toMatch(new RegExp(`^${type} ${name}\\b`));
  }
});

test('with it the gateway starts, and runs what it holds', async () => {
  const { run, account } = await startGateway({ environment: environmentOf(SHIPPED) });
  account.addTune({ id: 5, title: 'five' });
  const { data } = await run(shipped.TunesDocument, { first: 1 } as never);
  expect(data).toMatchObject({ tunes: { nodes: [{ title: 'five' }] } });
});

test.each<[string, unknown, (file: string) => string]>([
  [
    'a field that there is not',
    apolloOf(TYPE, 'query Sizes($id: ID!) {\n  tune(id: $id) { size }\n}'),
    (file) =>
      `${file}: Sizes (${sha256('query Sizes($id: ID!) {\n  tune(id: $id) { size }\n}')}): line 2, column 19: Cannot query field "size" on type "Tune".`,
  ],
  [
    'what cannot be parsed',
    { a: 'query Half { tunes' },
    (file) => `${file}: Half (a): line 1, column 19: Syntax Error: Expected Name, found <EOF>.`,
  ],
  [
    'fragments alone',
    { a: 'fragment Title on Tune { title }' },
    (file) =>
      `${file}: a document without a name (a): line 1, column 1: Fragment "Title" is never used.`,
  ],
  [
    'what is too deep',
    { a: `{ ${'tunes { nodes { baseTune { '.repeat(8)} id ${'} } } '.repeat(8)} }` },
    (file) =>
      `${file}: a document without a name (a): The document has 25 levels of nested fields, but at most 20 are allowed: query deeper objects by their ids.`,
  ],
  [
    'what is too dear',
    { a: 'query Dear { tunes(first: 100) { nodes { prompts { nodes { id } } } } }' },
    (file) =>
      `${file}: Dear (a): it may take 101 calls to Astria, but MAX_UPSTREAM_CALLS allows 80: ask for less at once`,
  ],
  [
    'the schema, where nobody may ask for it',
    { a: 'query Schema { __schema { types { name } } }' },
    (file) =>
      `${file}: Schema (a): line 1, column 16: GraphQL introspection has been disabled, but the requested query contained the field "__schema".`,
  ],
])('a manifest with %s stops the start, and its place is told', async (_, manifest, fault) => {
  const file = fileOf(manifest);
  const faults = await faultsOf(file);
  expect(faults[0]).toBe(`TRUSTED_DOCUMENTS_PATH: ${fault(file)}`);
});

test('documents are planned at the start', async () => {
  const file = fileOf({ a: 'query Names { __schema { types { name } } }' });
  const environment = { ...environmentOf(file), INTROSPECTION: 'on' };
  const { logged } = await startGateway({ environment });
  // The schema is asked without a plan, which is said when one is sought.
  expect(logged.filter((line) => line.includes('instead of a plan'))).toHaveLength(1);
});

test('what the estimate of calls cannot know at the start does not stop it', async () => {
  const query = 'query Dear($n: Int) { tunes(first: $n) { nodes { prompts { nodes { id } } } } }';
  expect(await faultsOf(fileOf(presetOf(query)))).toEqual([]);
});

test('of many faults the first are told, and how many more there are', async () => {
  const texts = Array.from({ length: 25 }, (_, index) => `query Q${index} { nothing }`);
  const faults = await faultsOf(fileOf(presetOf(...texts)));
  expect(faults).toHaveLength(21);
  expect(faults.at(-1)).toBe('and 5 faults more');
});

const NO_MANIFEST =
  "must hold an object of documents by their ids, as codegen and Relay write it, or Apollo's apollo-persisted-query-manifest of version 1";

test.each<[string, unknown, (file: string) => string]>([
  ['no JSON', '{', (file) => `names a file that is no JSON: ${file}`],
  ['a list', [TYPE], (file) => `names a file that is no manifest: ${file} ${NO_MANIFEST}`],
  ['null', 'null', (file) => `names a file that is no manifest: ${file} ${NO_MANIFEST}`],
  [
    'other values',
    { a: { query: TYPE } },
    (file) => `names a file that is no manifest: ${file} ${NO_MANIFEST}`,
  ],
  [
    'a later version',
    { ...apolloOf(TYPE), version: 2 },
    (file) => `names a file that is no manifest: ${file} ${NO_MANIFEST}`,
  ],
  ['nothing', {}, () => 'names files that hold no document'],
  [
    'a false hash',
    { [`sha256:${sha256('{ a }')}`]: TYPE },
    (file) =>
      `names a document whose id (sha256:${sha256('{ a }')}) is not the hash of its text: in ${file}`,
  ],
  [
    'too much',
    { a: TYPE, b: ' '.repeat(1_000_000) },
    () =>
      'names documents of 1000025 characters together, but at most 1000000 are allowed: leave out those of versions that are not used any more',
  ],
])('a file that holds %s is no manifest', (_, content, fault) => {
  const file = fileOf(content);
  expect(() => readConfig(environmentOf(file))).toThrow(
    new ConfigError(`TRUSTED_DOCUMENTS_PATH is ${JSON.stringify(file)} and ${fault(file)}`),
  );
});

test('one id stands for one document, in whichever file', () => {
  const files = [fileOf({ a: TYPE }), fileOf({ a: '{ __typename }' })];
  const both = files.join(',');
  expect(() => readConfig(environmentOf(both))).toThrow(
    `names two documents by one id (a): in ${files[0]} and in ${files[1]}`,
  );
  expect(readConfig(environmentOf(`${files[0]},${files[0]}`)).trustedDocuments).toHaveLength(2);
});

test.each<[Record<string, string>, string]>([
  [
    { TRUSTED_DOCUMENTS: 'on' },
    'TRUSTED_DOCUMENTS is "on" and must be off, also or only; leave it out for off',
  ],
  [
    { TRUSTED_DOCUMENTS: 'only' },
    'TRUSTED_DOCUMENTS_PATH goes with TRUSTED_DOCUMENTS=also or only: set both, or leave both out',
  ],
  [
    { TRUSTED_DOCUMENTS_PATH: SHIPPED },
    `TRUSTED_DOCUMENTS_PATH is "${SHIPPED}" and goes with TRUSTED_DOCUMENTS=also or only: set both, or leave both out`,
  ],
  [
    { TRUSTED_DOCUMENTS: 'also', TRUSTED_DOCUMENTS_PATH: 'none.json' },
    'TRUSTED_DOCUMENTS_PATH is "none.json" and names a file that cannot be read (ENOENT): none.json',
  ],
  [
    { GATEWAY_KEYS: gatewayKeys({ name: 'page', documents: 'only' }) },
    'GATEWAY_KEYS holds a key for trusted documents only, and there are none: set TRUSTED_DOCUMENTS to also or only, and TRUSTED_DOCUMENTS_PATH',
  ],
  [
    {
      GATEWAY_KEYS: gatewayKeys({ name: 'page', documents: 'also' as never }),
      ...environmentOf(SHIPPED),
    },
    'GATEWAY_KEYS.0.documents must be only; leave it out for what TRUSTED_DOCUMENTS says',
  ],
])('of %j the fault is told', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(new ConfigError(message));
});

test('the process ends with 1, and says where the fault is', async () => {
  const file = fileOf({ a: 'query Size { tune(id: 1) { size } }' });
  const child = start(environmentOf(file));
  const [told, code] = await Promise.all([textOf(child.stderr), ended(child)]);
  expect(told).toBe(
    `The environment has faults:\nTRUSTED_DOCUMENTS_PATH: ${file}: Size (a): line 1, column 28: Cannot query field "size" on type "Tune".\n`,
  );
  expect(code).toBe(1);
});
