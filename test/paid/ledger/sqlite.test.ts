/** The thread of the ledger, and what may happen to it and to its file. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { type Intent, KEPT_MS, timeOf } from '../../../src/paid/ledger/ledger.ts';
import { openSqliteLedger } from '../../../src/paid/ledger/sqlite.ts';
import { SqliteFile } from '../../../src/paid/ledger/sqlite-file.ts';
import { SqliteStore } from '../../../src/paid/ledger/sqlite-store.ts';
import { told } from '../../support/told.ts';

const intent: Intent = {
  ...{ kind: 'prompt', keys: ['k'], digest: 'd', sought: undefined, isSent: true },
};

async function openInFile() {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  const path = join(folder, 'ledger.sqlite');
  const ledger = await openSqliteLedger(path, told());
  onTestFinished(async () => {
    await ledger.close();
    await rm(folder, { recursive: true });
  });
  return { ledger, path };
}

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

test('a thread that has ended is begun again, and what it was asked for last may be done', async () => {
  const { ledger } = await openInFile();
  const { entry } = await ledger.begin(intent);
  const last = await endThreadOf(() => ledger.check()).catch((error) => error);
  // It may have answered before its end.
  if (last !== undefined) expect(last).toMatchObject({ mayBeDone: true });
  expect(await ledger.begin(intent)).toMatchObject({ isMine: false, entry: { id: entry.id } });
});

test('a write-ahead log that another process begins beside it is noticed: it could be lost by itself', async () => {
  const { ledger, path } = await openInFile();
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  other.exec('PRAGMA journal_mode = WAL; DELETE FROM claim;');
  await expect(ledger.begin(intent)).rejects.toThrow('cannot be written');
  await expect(ledger.check()).rejects.toThrow('cannot be written');
});

test.skipIf(process.getuid?.() === 0)('a file that can only be read is not opened', async () => {
  const { ledger, path } = await openInFile();
  await ledger.close();
  await chmod(path, 0o444);
  await expect(openSqliteLedger(path, told())).rejects.toThrow('readonly');
});

test('what is over is swept, with all its keys, and what is not stays', () => {
  const file = new SqliteFile(':memory:');
  const store = new SqliteStore(file);
  let now = 0;
  const time = () => timeOf(told({ now: () => now }));
  const first = store.begin(time(), { ...intent, keys: ['a', 'b'] });
  store.done(time(), first.entry.id, { id: 1 });
  now = 1000;
  store.begin(time(), { ...intent, keys: ['c'] });
  now = KEPT_MS;
  store.sweep({ ...time(), earliest: now - 1 });
  expect(store.begin(time(), { ...intent, keys: ['b'] }).isMine).toBe(true);
  store.sweep(time());
  const count = (table: string) => file.row<{ n: number }>(`SELECT count(*) n FROM ${table}`)?.n;
  expect([count('entry'), count('entry_key'), count('claim')]).toEqual([2, 0, 0]);
  expect(store.begin(time(), { ...intent, keys: ['c'] }).isMine).toBe(false);
});
