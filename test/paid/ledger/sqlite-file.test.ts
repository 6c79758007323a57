/** The file of the ledger: what may happen to it, and who else may have it. */
import { copyFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { KEPT_MS } from '../../../src/paid/ledger/ledger.ts';
import { openSqliteLedger } from '../../../src/paid/ledger/sqlite.ts';
import { told } from '../../support/told.ts';
import { intent, newPath } from './support.ts';

test('a ledger that cannot be written says so', async () => {
  const ledger = await openSqliteLedger(await newPath(), told());
  await ledger.close();
  await expect(ledger.check()).rejects.toThrow('cannot be written');
});

test.each(['taken away', 'moved', 'replaced'])(
  'nothing is recorded in a file that has been %s: the next process would not know of it',
  async (how) => {
    const path = await newPath();
    const ledger = await openSqliteLedger(path, told());
    onTestFinished(() => ledger.close());
    if (how === 'taken away') await rm(path);
    else await rename(path, `${path}.old`);
    if (how === 'replaced') await writeFile(path, '');
    await expect(ledger.begin(intent({ keys: ['k'] }))).rejects.toThrow('cannot be written');
    await expect(ledger.check()).rejects.toThrow('cannot be written');
  },
);

test('a file that is no ledger is neither opened nor changed', async () => {
  const path = await newPath('notes.txt');
  await writeFile(path, 'notes\n'.repeat(1000));
  await expect(openSqliteLedger(path, told())).rejects.toThrow('not a database');
  expect(await readFile(path, 'utf8')).toBe('notes\n'.repeat(1000));
});

test('a write-ahead log that another process creates is noticed, because it could be lost alone', async () => {
  const path = await newPath();
  const ledger = await openSqliteLedger(path, told());
  const other = new DatabaseSync(path);
  onTestFinished(async () => {
    other.close();
    await ledger.close();
  });
  other.exec('PRAGMA journal_mode = WAL; DELETE FROM claim;');
  await expect(ledger.begin(intent({ keys: ['k'] }))).rejects.toThrow('cannot be written');
  await expect(ledger.check()).rejects.toThrow('cannot be written');
});

test('a file that can only be read is not opened', async () => {
  const path = await newPath();
  const ledger = await openSqliteLedger(path, told());
  await ledger.close();
  // By its format's version for who writes, and not by its mode, which does not hold for root.
  const bytes = await readFile(path);
  bytes[18] = 3;
  await writeFile(path, bytes);
  await expect(openSqliteLedger(path, told())).rejects.toThrow('readonly');
});

test('a full disk only prevents the recording', async () => {
  const path = await newPath();
  const ledger = await openSqliteLedger(path, told());
  onTestFinished(() => ledger.close());
  const { entry } = await ledger.begin(intent({ keys: ['k'], isSent: false }));
  const full = new DatabaseSync(path);
  full.exec(FULL_DISK);
  await expect(ledger.begin(intent({ keys: ['l'] }))).rejects.toThrow('cannot be written');
  await expect(ledger.sent(entry.id)).rejects.toThrow('cannot be written');
  full.exec('DROP TRIGGER full_begin; DROP TRIGGER full_sent');
  full.close();
  expect(await ledger.sent(entry.id)).toBeTypeOf('number');
  expect((await ledger.begin(intent({ keys: ['l'] }))).isMine).toBe(true);
});

describe('while another process has the file', () => {
  async function locked() {
    const path = await newPath();
    const ledger = await openSqliteLedger(path, told());
    const other = new DatabaseSync(path);
    onTestFinished(async () => {
      other.close();
      await ledger.close();
    });
    other.exec('BEGIN IMMEDIATE');
    return { ledger, other };
  }

  test('the event loop is not blocked, and the operation is done when the file is free', async () => {
    const { ledger, other } = await locked();
    const begun = Array.from({ length: 50 }, (_, index) =>
      ledger.begin(intent({ keys: [String(index % 25)] })),
    );
    const asked = performance.now();
    await new Promise(setImmediate);
    // The lock is held for longer than one turn, whatever the machine does.
    await sleep(300);
    expect(performance.now() - asked).toBeLessThan(2500);
    other.exec('ROLLBACK');
    const mine = (await Promise.all(begun)).filter(({ isMine }) => isMine);
    expect(mine).toHaveLength(25);
    expect(ledger.waits).toBeGreaterThan(50);
  });

  test('after three seconds the caller gets an error, and nothing is recorded', async () => {
    const { ledger, other } = await locked();
    await expect(ledger.begin(intent({ keys: ['k'] }))).rejects.toThrow('cannot be written');
    other.exec('ROLLBACK');
    expect((await ledger.begin(intent({ keys: ['k'] }))).isMine).toBe(true);
  });
});

test.each(['-journal', '-wal', '-shm'])(
  'all that is done stands in the one file: without %s the next process knows it too',
  async (beside) => {
    const path = await newPath();
    const ledger = await openSqliteLedger(path, told());
    const { entry } = await ledger.begin(intent({ keys: ['k'] }));
    await ledger.done(entry.id, { id: 7 });
    await rm(path + beside, { force: true });
    const next = await openSqliteLedger(path, told());
    onTestFinished(async () => {
      await ledger.close();
      await next.close();
    });
    expect(await next.begin(intent({ keys: ['k'] }))).toMatchObject({
      ...{ isMine: false, entry: { state: 'done', made: { id: 7 } } },
    });
    await expect(ledger.check()).resolves.toBeUndefined();
  },
);

/** As 0.1 made it, of what the test looks at. */
const OLD_FILE = `
  PRAGMA journal_mode = WAL;
  CREATE TABLE entry (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, key TEXT UNIQUE, digest TEXT NOT NULL, files TEXT, sought TEXT,
    state TEXT NOT NULL, sent_at INTEGER, held_until INTEGER NOT NULL, expires_at INTEGER NOT NULL, made TEXT
  ) STRICT;
  INSERT INTO entry VALUES ('a', 'prompt', 'old', 'd', NULL, NULL, 'done', 0, 0, ${Date.now() + KEPT_MS}, '{"id":7}');
`;

describe('a file of version 0.1, with its write-ahead log', () => {
  async function old() {
    const path = await newPath('old.sqlite');
    const database = new DatabaseSync(path);
    onTestFinished(() => database.close());
    database.exec(OLD_FILE);
    return path;
  }

  test('is converted, and has no write-ahead log any more', async () => {
    const left = await old();
    const path = await newPath();
    // As a process that was killed leaves it.
    for (const beside of ['', '-wal']) await copyFile(left + beside, path + beside);
    const ledger = await openSqliteLedger(path, told());
    onTestFinished(() => ledger.close());
    expect(await readdir(dirname(path))).not.toContain('ledger.sqlite-wal');
    const begun = await ledger.begin(intent({ keys: ['old', 'new'] }));
    expect(begun).toMatchObject({ isMine: false, entry: { made: { id: 7 } } });
  });

  test('is refused while a process of that version has it open', async () => {
    await expect(openSqliteLedger(await old(), told())).rejects.toThrow('has it to itself');
  });
});

/** Seen from a transaction it is one statement that fails in its midst. */
const FULL_DISK = `
  CREATE TRIGGER full_begin BEFORE INSERT ON entry BEGIN SELECT RAISE(ROLLBACK, 'database or disk is full'); END;
  CREATE TRIGGER full_sent BEFORE UPDATE ON entry BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END;
`;
