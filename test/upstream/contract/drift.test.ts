/** What changes in Astria's answers without notice is counted, told once, and costs nobody an answer. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { Catalogue } from '../../../src/entities/models/rest.ts';
import { Pack } from '../../../src/entities/pack/rest.ts';
import { Prompt } from '../../../src/entities/prompt/rest.ts';
import { Tune } from '../../../src/entities/tune/rest.ts';
import { countDrift, type DriftNote } from '../../../src/upstream/contract/drift.ts';
import { Viewer } from '../../../src/upstream/users.ts';
import { startGateway } from '../../support/gateway.ts';

const TUNES = '{ tunes(first: 2) { nodes { title } } }';
const call = { method: 'GET', route: '/tunes' };

test('a field that appears is counted by its route, and told once', async () => {
  const { run, account, emulator, drift, told, time } = await startWatched();
  account.addTune({ id: 4, title: 'Four' });
  account.addTune({ id: 5, title: 'Five' });
  emulator.fail({ patch: { '1.mood': 'calm' }, times: 2 });
  for (let round = 0; round < 2; round++) {
    expect(await run(TUNES)).toEqual({
      data: { tunes: { nodes: [{ title: 'Five' }, { title: 'Four' }] } },
    });
    time.ms += 1000;
  }
  expect(drift()).toEqual([{ ...call, field: 'mood', kind: 'appeared', count: 2 }]);
  expect(told).toEqual([{ ...call, field: 'mood', kind: 'appeared' }]);
});

test('one that appears deeper is told with its path', async () => {
  const { run, account, emulator, drift } = await startWatched();
  account.addPrompt({ text: 'a pier' });
  emulator.fail({ patch: { '0.tune.mood': 'calm' } });
  await run('{ prompts { nodes { text } } }');
  expect(drift()).toEqual([
    { method: 'GET', route: '/prompts', field: 'tune.mood', kind: 'appeared', count: 1 },
  ]);
});

test('a route is looked at once in a second', async () => {
  const { run, account, emulator, drift, time } = await startWatched();
  account.addTune({ id: 5, title: 'Five' });
  emulator.fail({ patch: { '0.mood': 'calm' }, times: 5 });
  for (let round = 0; round < 5; round++) await run(TUNES);
  expect(drift()).toMatchObject([{ count: 1 }]);
  time.ms += 999;
  await run(TUNES);
  expect(drift()).toMatchObject([{ count: 1 }]);
});

/** A gateway whose drift is watched by a clock that is moved by hand. */
async function startWatched() {
  const time = { ms: 0 };
  const told: DriftNote[] = [];
  const watch = countDrift(
    (note) => told.push(note),
    () => time.ms,
  );
  const gateway = await startGateway({ upstream: { drift: watch } });
  return { ...gateway, drift: watch.counts, told, time };
}

const Rows = z.array(Tune);
const row = (id: number) => ({ id, title: 'x', token: null });

/** A watch that has seen so many answers of one row each, all different. */
function watchAfter(rows: number) {
  const time = { ms: 0 };
  const watch = countDrift(
    () => {},
    () => time.ms,
  );
  const look = (body: unknown, schema: z.ZodType = Rows) => {
    time.ms += 1000;
    watch.look(call, schema, body);
  };
  for (let id = 1; id <= rows; id++) look([row(id)]);
  return { look, drift: watch.counts };
}

const gone = (id: number) => ({ id, title: 'x' });

test('a field that was always there and stands in no row of an answer has vanished', () => {
  const { look, drift } = watchAfter(100);
  look([201, 202, 203, 204, 205].map(gone));
  expect(drift()).toEqual([{ ...call, field: 'token', kind: 'vanished', count: 1 }]);
});

test('of answers of one row it takes five', () => {
  const { look, drift } = watchAfter(100);
  for (const id of [201, 202, 203, 204]) look(gone(id));
  expect(drift()).toEqual([]);
  look(gone(205));
  look(gone(206));
  expect(drift()).toMatchObject([{ field: 'token', kind: 'vanished', count: 2 }]);
});

test('what one row leaves out, or Astria now and then, has not vanished', () => {
  const { look, drift } = watchAfter(100);
  look([gone(201), gone(202), gone(203), gone(204), row(205)]);
  look(gone(206));
  look(row(207));
  for (let id = 300; id < 310; id++) look(gone(id));
  expect(drift()).toEqual([]);
});

test('what was not there for long, or only in one row that is polled, has not vanished', () => {
  const { look, drift } = watchAfter(99);
  for (let id = 300; id < 310; id++) look(gone(id));
  for (let poll = 0; poll < 200; poll++) look(row(400));
  for (let id = 500; id < 510; id++) look(gone(id));
  expect(drift()).toEqual([]);
});

test.each(['', null, [], 'text', 7, [[]], [null]])(
  'an answer such as %j is nothing to look at',
  (body) => {
    const { look, drift } = watchAfter(100);
    look(body);
    expect(drift()).toEqual([]);
  },
);

test.each<[string, z.ZodType]>([
  ['tune-lora', Tune],
  ['tune-faceid', Tune],
  ['tunes-list', Rows],
  ['prompt-created', Prompt],
  ['prompt-done-lora', Prompt],
  ['prompt-failed', Prompt],
  ['prompt-video', Prompt],
  ['pack-detail', Pack],
  ['pack-multi', Pack],
  ['packs-list', z.array(Pack)],
  ['user', Viewer],
  ['models', Catalogue],
])('nothing in the sample %s is new', (name, schema) => {
  const { look, drift } = watchAfter(0);
  const url = new URL(`../../samples/${name}.json`, import.meta.url);
  look(JSON.parse(readFileSync(url, 'utf8')), schema);
  expect(drift()).toEqual([]);
});

test('there is an end to what is counted', () => {
  const { look, drift } = watchAfter(1);
  for (let key = 0; key < 2000; key++) look([{ id: key, [`key${key}`]: 1 }]);
  expect(drift()).toHaveLength(1000);
});
