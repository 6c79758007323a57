import { expect, test } from 'vitest';
import { logLines } from '../../src/observe/log-lines.ts';
import { startGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { END, file, post } from '../support/multipart.ts';
import { tuneOf } from '../support/uploads.ts';

const startLogged = async (options: TestGatewayOptions = {}) => {
  const gateway = await startGateway({
    watchers: (log) => [logLines(log)],
    environment: { ALLOW_CALLER_KEYS: 'on' },
    ...options,
  });
  const lines = () => gateway.logged.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { ...gateway, lines };
};

const tunes =
  'query Tunes($title: String) { tunes(filter: { title: $title }) { nodes { title } } }';
const create =
  'mutation Make { createTune(input: { title: "Ines", name: "woman", imageUrls: ["https://a.example/1.jpg?token=hush"] }) { tune { id } } }';

const asked = (query: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ query }),
});

test('an operation is one line, and nothing of what was asked is in it', async () => {
  const { run, lines, logged } = await startLogged();
  await run(
    tunes,
    { title: 'hush' },
    { authorization: 'Bearer sd_test', 'x-request-id': 'mine-1' },
  );
  expect(lines()).toEqual([
    {
      level: 30,
      time: expect.any(Number),
      pid: expect.any(Number),
      hostname: expect.any(String),
      requestId: 'mine-1',
      operation: 'Tunes',
      kind: 'query',
      hash: expect.stringMatching(/^[0-9a-f]{12}$/),
      caller: expect.stringMatching(/^key:[0-9a-f]{12}$/),
      ms: expect.any(Number),
      calls: 1,
      shared: 0,
      retried: 0,
      msg: 'operation',
    },
  ]);
  for (const secret of ['hush', 'sd_', 'nodes']) expect(logged.join()).not.toContain(secret);
});

test('a mutation too, by the way of yoga', async () => {
  const { run, lines, logged } = await startLogged();
  await run(create, {}, { 'x-request-id': 'mine-2' });
  expect(lines()).toMatchObject([
    { requestId: 'mine-2', operation: 'Make', kind: 'mutation', caller: 'local', calls: 1 },
  ]);
  for (const secret of ['hush', 'Ines', 'imageUrls']) expect(logged.join()).not.toContain(secret);
});

test('an upload is a line too, with its operation', async () => {
  const { url, lines } = await startLogged();
  await post(url, [...tuneOf(1), file('0'), END]);
  expect(lines()).toMatchObject([{ kind: 'mutation', calls: 1, msg: 'operation' }]);
});

test('the same document has the same hash by either way, another another', async () => {
  const { run, lines, fetch } = await startLogged();
  await run(tunes);
  await run('{ __typename }');
  await fetch('/graphql', { ...asked(tunes), body: JSON.stringify({ query: tunes, x: 1 }) });
  await fetch('/graphql', asked(tunes, { accept: 'text/event-stream' }));
  const hashes = lines().map(({ hash }) => hash);
  expect(hashes[1]).not.toBe(hashes[0]);
  expect(hashes.at(-1)).toBe(hashes[0]);
});

test('what is refused is a line with its code', async () => {
  const { fetch, lines } = await startLogged();
  await fetch('/graphql', asked('{ tunes { titel } }'));
  await fetch('/graphql', asked(`{ __typename } #${'x'.repeat(1_000_000)}`));
  await fetch('/graphql', asked('{ tune(id: "x") { title } }'));
  expect(lines().map(({ kind, codes }) => [kind, codes])).toEqual([
    [undefined, ['BAD_REQUEST']],
    [undefined, ['BAD_REQUEST']],
    ['query', ['BAD_REQUEST']],
  ]);
});

test('each operation of a batch is a line, with its own codes', async () => {
  const { fetch, lines } = await startLogged();
  const batch = [
    'query A { tunes { nodes { id } } }',
    '{ nonsense }',
    'query B { tune(id: "x") { id } }',
  ];
  await fetch('/graphql', {
    ...asked(''),
    body: JSON.stringify(batch.map((query) => ({ query }))),
  });
  expect(lines().map(({ operation, codes }) => [operation, codes])).toEqual([
    ['A', undefined],
    [undefined, ['BAD_REQUEST']],
    ['B', ['BAD_REQUEST']],
  ]);
});

test.each(['x'.repeat(65), 'a b', 'a.b', ''])('the id %j is replaced', async (id) => {
  const { fetch } = await startLogged();
  const { headers } = await fetch('/graphql', asked('{ __typename }', { 'x-request-id': id }));
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('those who share an answer are told the id under which it was run, or keep their own', async () => {
  const { fetch, lines, emulator } = await startLogged();
  emulator.fail({ latencyMs: 300 });
  const ids = ['first', undefined, 'third'].map(async (id) => {
    const headers: Record<string, string> = id ? { 'x-request-id': id } : {};
    // In this order.
    await new Promise((resolve) => setTimeout(resolve, id === 'first' ? 0 : 50));
    return (await fetch('/graphql', asked(tunes, headers))).headers.get('x-request-id');
  });
  expect(await Promise.all(ids)).toEqual(['first', 'first', 'third']);
  expect(lines()).toMatchObject([
    { requestId: 'first', msg: 'operation', calls: 1 },
    { requestId: 'third', ranAs: 'first', msg: 'shared' },
  ]);
});

test.each([
  ['query', '{ tune(id: 5) { status } }'],
  ['mutation', 'mutation { updateTune(input: { id: 5, title: "x" }) { tune { status } } }'],
])('a defect in a %s is told and logged under the id of the request', async (_, query) => {
  const broken = () => {
    throw new Error('of sd_test at https://a.example/?token=hush');
  };
  const { fetch, account, lines, logged } = await startLogged({ now: broken });
  account.addTune({ id: 5 });
  const response = await fetch('/graphql', asked(query, { 'x-request-id': 'mine-3' }));
  const { errors } = (await response.json()) as { errors: { extensions: object }[] };
  expect(errors[0]?.extensions).toEqual({ code: 'INTERNAL', requestId: 'mine-3' });
  expect(response.headers.get('x-request-id')).toBe('mine-3');
  expect(lines()).toMatchObject([
    { requestId: 'mine-3', msg: 'an operation failed', level: 50 },
    { requestId: 'mine-3', codes: ['INTERNAL'], msg: 'operation' },
  ]);
  for (const secret of ['sd_test', 'hush']) expect(logged.join()).not.toContain(secret);
});

test('that Astria is away is a line with a count, and not one for each read that meets it', async () => {
  const { run, logged } = await startGateway({ baseUrl: 'http://127.0.0.1:9' });
  for (let time = 0; time < 5; time++) await run('{ tunes { nodes { id } } }');
  const told = logged.filter((line) => line.includes('"level":50'));
  expect(told).toEqual([expect.stringMatching(/"failures":1,"msg":"Astria fails"/)]);
});
