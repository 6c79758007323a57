/** Reads that ask only for what has changed. */
import { expect, test } from 'vitest';
import { ReadMemory } from '../../src/upstream/read-memory.ts';
import { startGateway } from '../support/gateway.ts';

const TUNES = '{ tunes(first: 2) { nodes { title } } }';

test('what is read for the third time is asked for only if it has changed', async () => {
  const { run, account, emulator } = await startGateway();
  account.addTune({ id: 5, title: 'before' });
  const answers = [];
  for (let round = 0; round < 4; round++) answers.push(await run(TUNES));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  const conditions = emulator.requests.map(({ headers }) => headers['if-none-match']);
  expect(conditions).toEqual([undefined, undefined, expect.any(String), expect.any(String)]);
});

test('what has changed is seen at once', async () => {
  const { run, account } = await startGateway();
  account.addTune({ id: 5, title: 'before' });
  for (let round = 0; round < 3; round++) await run(TUNES);
  account.updateTune(5, { title: 'after' });
  expect(await run(TUNES)).toEqual({ data: { tunes: { nodes: [{ title: 'after' }] } } });
  expect(await run(TUNES)).toEqual({ data: { tunes: { nodes: [{ title: 'after' }] } } });
});

test('what one key remembers is nothing to another, nor to another workspace', async () => {
  const environment = { ALLOW_CALLER_KEYS: 'on' };
  const { run, account, emulator } = await startGateway({ environment });
  account.addWorkspace({ id: 679, title: 'Studio' });
  account.addTune({ id: 5, title: 'mine' });
  for (let round = 0; round < 3; round++) await run(TUNES);
  emulator.clearRequests();
  const others: Record<string, string>[] = [
    { authorization: 'Bearer sd_other' },
    { 'x-workspace-id': '679' },
  ];
  for (const headers of others) {
    expect(await run(TUNES, {}, headers)).toEqual({ data: { tunes: { nodes: [] } } });
  }
  expect(emulator.requests.map(({ headers }) => headers['if-none-match'])).toEqual([
    undefined,
    undefined,
  ]);
});

test('a failure is not taken for what is remembered', async () => {
  const { run, account, emulator } = await startGateway();
  account.addTune({ id: 5, title: 'mine' });
  for (let round = 0; round < 3; round++) await run(TUNES);
  emulator.fail({ path: '/tunes', status: 503 });
  expect(await run(TUNES)).toMatchObject({
    errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }],
  });
  expect(await run(TUNES)).toEqual({ data: { tunes: { nodes: [{ title: 'mine' }] } } });
});

const answer = (text: string) => ({
  etag: 'W/"1"',
  body: Buffer.from(text),
  value: [{ id: 1, tags: ['a'] }],
});

test('only what is asked for twice is remembered, and frozen', () => {
  const memory = new ReadMemory();
  memory.note('key', answer('[]'));
  expect(memory.get('key')).toBeUndefined();
  memory.note('key', answer('[]'));
  const { value } = memory.get('key') as unknown as { value: { tags: string[] }[] };
  expect(() => value[0]?.tags.push('b')).toThrow(TypeError);
  expect(() => Object.assign(value[0] as object, { title: 'x' })).toThrow(TypeError);
});

test('what is remembered is bounded in bytes: the oldest goes', () => {
  const memory = new ReadMemory();
  const remember = (key: string) => {
    for (let round = 0; round < 2; round++) memory.note(key, answer('x'.repeat(1_000_000)));
  };
  for (let index = 0; index < 20; index++) remember(`key ${index}`);
  expect(memory.get('key 0')).toBeUndefined();
  expect(memory.get('key 19')).toBeDefined();
});

test('what is larger than all that may be remembered is not', () => {
  const memory = new ReadMemory();
  for (let round = 0; round < 3; round++) memory.note('key', answer('x'.repeat(20_000_000)));
  expect(memory.get('key')).toBeUndefined();
});
