/** The thread of the ledger, and what it sweeps. */
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { KEPT_MS, timeOf } from '../../../src/paid/ledger/ledger.ts';
import { openSqliteLedger } from '../../../src/paid/ledger/sqlite.ts';
import { SqliteFile } from '../../../src/paid/ledger/sqlite-file.ts';
import { SqliteStore } from '../../../src/paid/ledger/sqlite-store.ts';
import { told } from '../../support/told.ts';
import { intent, newPath } from './support.ts';

const keyed = intent({ keys: ['k'], sought: undefined });

/** Ends the thread that something is asked of. */
async function endThreadOf(ask: () => Promise<unknown>) {
  const { postMessage } = Worker.prototype;
  let thread: Worker | undefined;
  Worker.prototype.postMessage = function (this: Worker, message: unknown) {
    thread = this;
    postMessage.call(this, message);
  };
  const asked = ask();
  await new Promise(setImmediate);
  Worker.prototype.postMessage = postMessage;
  await thread?.terminate();
  return asked;
}

test('a thread that has ended is started again, and its last operation may have been done', async () => {
  const ledger = await openSqliteLedger(await newPath(), told());
  onTestFinished(() => ledger.close());
  const { entry } = await ledger.begin(keyed);
  const last = await endThreadOf(() => ledger.check()).catch((error) => error);
  // It may have answered before its end.
  if (last !== undefined) expect(last).toMatchObject({ mayBeDone: true });
  expect(await ledger.begin(keyed)).toMatchObject({ isMine: false, entry: { id: entry.id } });
});

test('expired entries are removed with all their keys, and others stay', () => {
  const file = new SqliteFile(':memory:');
  const store = new SqliteStore(file);
  let now = 0;
  const time = () => timeOf(told({ now: () => now }));
  const first = store.begin(time(), { ...keyed, keys: ['a', 'b'] });
  store.done(time(), first.entry.id, { id: 1 });
  now = 1000;
  store.begin(time(), { ...keyed, keys: ['c'] });
  now = KEPT_MS;
  store.sweep({ ...time(), earliest: now - 1 });
  expect(store.begin(time(), { ...keyed, keys: ['b'] }).isMine).toBe(true);
  store.sweep(time());
  const count = (table: string) => file.row<{ n: number }>(`SELECT count(*) n FROM ${table}`)?.n;
  expect([count('entry'), count('entry_key'), count('claim')]).toEqual([2, 0, 0]);
  expect(store.begin(time(), { ...keyed, keys: ['c'] }).isMine).toBe(false);
});
