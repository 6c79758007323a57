/** What both ledgers promise, each with two processes' worth of them on the same store. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { frozenClock } from '../../../src/emulator/clock.ts';
import {
  HELD_MS,
  KEPT_MS,
  type Ledger,
  type LedgerClock,
} from '../../../src/paid/ledger/ledger.ts';
import { told } from '../../support/told.ts';
import { intent } from './support.ts';

type Begun = Awaited<ReturnType<Ledger['begin']>>;
export type Open = (clock: LedgerClock) => Promise<Ledger>;

/** `store` answers how to open one more ledger on one and the same store, which is empty. */
export function keepsItsPromises(store: () => Promise<Open>) {
  async function two() {
    const open = await store();
    const clock = frozenClock('2026-11-01T12:00:00Z');
    return { clock, open, here: await open(told(clock)), there: await open(told(clock)) };
  }

  test('an entry is opened once for a key, and returned to all others', async () => {
    const { here, there, clock } = await two();
    const keyed = intent({ keys: ['k'], isSent: false });
    const begun = await Promise.all([here, there, here, there].map((each) => each.begin(keyed)));
    expect(begun.filter(({ isMine }) => isMine)).toHaveLength(1);
    expect(new Set(begun.map(({ entry }) => entry.id)).size).toBe(1);
    const [{ entry }] = begun as [Begun];
    const { id } = entry;
    expect((await there.begin(keyed)).entry).toEqual({
      ...{ id, state: 'begun', digest: 'd', files: null, sentAt: null, isHeld: true, made: null },
    });
    expect(await here.sent(id, 'f')).toBe(clock.now());
    const sent = { state: 'sent', files: 'f', sentAt: clock.now() };
    expect((await there.begin(keyed)).entry).toMatchObject(sent);
    expect(await here.done(id, { id: 7 })).toEqual({ id: 7 });
    expect((await there.begin(keyed)).entry).toMatchObject({ state: 'done', made: { id: 7 } });
  });

  test('an entry of a dead process is taken over, and that process cannot send it any more', async () => {
    const { here, there, clock } = await two();
    const keyed = intent({ keys: ['k'], isSent: false });
    const dead = await here.begin(keyed);
    clock.advance(HELD_MS + 1);
    const taken = await there.begin({ ...keyed, digest: 'other' });
    expect(taken.isMine).toBe(true);
    expect(await here.sent(dead.entry.id)).toBeUndefined();
    expect(await there.sent(taken.entry.id)).toBe(clock.now());
  });

  test('an entry that a dead process sent is never opened again', async () => {
    const { here, there, clock } = await two();
    const keyed = intent({ keys: ['k'], isSent: false });
    const { entry } = await here.begin(keyed);
    await here.sent(entry.id);
    clock.advance(HELD_MS + 1);
    const found = await there.begin(keyed);
    expect(found).toMatchObject({ isMine: false, entry: { state: 'sent', isHeld: false } });
  });

  test('a refusal frees the key', async () => {
    const { here, there } = await two();
    const { entry } = await here.begin(intent({ keys: ['k'] }));
    await here.free(entry.id);
    expect((await there.begin(intent({ keys: ['k'], digest: 'other' }))).isMine).toBe(true);
  });

  test('a key is forgotten after a day', async () => {
    const { here, there, clock } = await two();
    const { entry } = await here.begin(intent({ keys: ['k'] }));
    await here.done(entry.id, { id: 1 });
    clock.advance(KEPT_MS + 1);
    expect((await there.begin(intent({ keys: ['k'] }))).isMine).toBe(true);
  });

  test('a candidate is claimed only if nobody else has it and no other is left', async () => {
    const { here, there } = await two();
    const first = await here.begin(intent({ sought: 'a' }));
    await here.done(first.entry.id, { id: 1 });
    const lost = await there.begin(intent({ keys: ['k'], sought: 'b' }));
    await there.lost(lost.entry.id);
    expect(await there.claim(lost.entry.id, [1])).toBeUndefined();
    expect(await there.claim(lost.entry.id, [3, 2, 1])).toBeUndefined();
    expect(await there.claim(lost.entry.id, [2, 1])).toEqual({ id: 2, wasFound: true });
    expect(await here.claim(lost.entry.id, [9])).toEqual({ id: 2, wasFound: true });
    const { entry } = await here.begin(intent({ keys: ['k'] }));
    expect(entry).toMatchObject({ state: 'done', made: { id: 2, wasFound: true } });
  });

  test('a tune and a prompt with the same number are different objects', async () => {
    const { here } = await two();
    const tune = await here.begin(intent({ kind: 'tune', sought: 'a' }));
    await here.done(tune.entry.id, { id: 1 });
    const lost = await here.begin(intent({ sought: 'b' }));
    expect(await here.claim(lost.entry.id, [1])).toEqual({ id: 1, wasFound: true });
  });

  test('of two searches for the same object neither gets it, until one has another answer', async () => {
    const { here, there } = await two();
    const one = await here.begin(intent());
    const other = await there.begin(intent());
    await here.lost(one.entry.id);
    expect(await here.claim(one.entry.id, [5])).toBeUndefined();
    expect(await there.claim(other.entry.id, [5])).toBeUndefined();
    await there.done(other.entry.id, { id: 5 });
    expect(await here.claim(one.entry.id, [5])).toBeUndefined();
    expect(await here.claim(one.entry.id, [6, 5])).toEqual({ id: 6, wasFound: true });
  });

  test('of two writes that race for one object at most one gets it', async () => {
    const { here, there } = await two();
    const one = await here.begin(intent({ sought: 'a' }));
    const other = await there.begin(intent({ sought: 'b' }));
    const got = await Promise.all([
      here.claim(one.entry.id, [5]),
      there.claim(other.entry.id, [5]),
    ]);
    expect(got.filter(Boolean)).toHaveLength(1);
  });

  test('a write that was refused or sent long before is no rival', async () => {
    const { here, clock } = await two();
    const old = await here.begin(intent());
    await here.lost(old.entry.id);
    clock.advance(10 * 60_000);
    const refused = await here.begin(intent());
    const lost = await here.begin(intent());
    await here.free(refused.entry.id);
    expect(await here.claim(lost.entry.id, [5])).toEqual({ id: 5, wasFound: true });
  });

  test('an answer with the object of another write is marked as known', async () => {
    const { here, there } = await two();
    const one = await here.begin(intent());
    const other = await there.begin(intent({ keys: ['k'] }));
    expect(await here.done(one.entry.id, { id: 5 })).toEqual({ id: 5 });
    const kept = { id: 5, wasKnown: true };
    expect(await there.done(other.entry.id, { id: 5 })).toEqual(kept);
    expect((await here.begin(intent({ keys: ['k'] }))).entry.made).toEqual(kept);
  });

  test('a claim ends the hold on the entry', async () => {
    const { here, there, clock } = await two();
    const { entry } = await here.begin(intent({ keys: ['k'] }));
    await here.claim(entry.id, [1]);
    clock.advance(HELD_MS + 1);
    await sleep(HELD_MS / 4 + 200);
    expect((await there.begin(intent({ keys: ['k'] }))).entry.isHeld).toBe(false);
  });

  test('a live process holds its entry, however long it takes', async () => {
    const { here, there, clock } = await two();
    await here.begin(intent({ keys: ['k'] }));
    clock.advance(HELD_MS + 1);
    await sleep(HELD_MS / 4 + 200);
    expect((await there.begin(intent({ keys: ['k'] }))).entry.isHeld).toBe(true);
  });

  test('an entry expires by the earliest possible time, and is kept from the latest', async () => {
    const { open, clock, here } = await two();
    const DAYS = 24 * 60 * 60_000;
    const apart = await open({
      now: () => clock.now(),
      bounds: () => ({ earliest: clock.now() - 2 * DAYS, latest: clock.now() + 2 * DAYS }),
    });
    const [sure, inDoubt] = [intent({ keys: ['sure'] }), intent({ keys: ['in doubt'] })];
    for (const [ledger, each] of [
      [here, sure],
      [apart, inDoubt],
    ] as const) {
      const { entry } = await ledger.begin(each);
      await ledger.done(entry.id, { id: 1 });
    }
    clock.advance(KEPT_MS + 1);
    expect(await apart.begin(sure)).toMatchObject({ isMine: false, entry: { state: 'done' } });
    expect(await here.begin(inDoubt)).toMatchObject({ isMine: false, entry: { state: 'done' } });
    expect(await here.begin(sure)).toMatchObject({ isMine: true });
    clock.advance(2 * DAYS);
    expect(await here.begin(inDoubt)).toMatchObject({ isMine: true });
  });

  test('an entry is found under each of its keys, and a refusal frees all of them', async () => {
    const { here, there } = await two();
    const { entry } = await here.begin(intent({ keys: ['token', 'number', 'address'] }));
    for (const keys of [['other', 'number'], ['address'], ['token']]) {
      expect(await there.begin(intent({ keys }))).toMatchObject({
        ...{ isMine: false, entry: { id: entry.id } },
      });
    }
    await there.free(entry.id);
    for (const key of ['address', 'token', 'number']) {
      expect((await here.begin(intent({ keys: [key] }))).isMine).toBe(true);
    }
  });

  test('a key is forgotten a day after it was sent, not after it was begun', async () => {
    const { here, there, clock } = await two();
    const { entry } = await here.begin(intent({ keys: ['k'], isSent: false }));
    clock.advance(1000);
    await here.sent(entry.id);
    await here.done(entry.id, { id: 1 });
    clock.advance(KEPT_MS - 1);
    expect((await there.begin(intent({ keys: ['k'] }))).isMine).toBe(false);
    clock.advance(2);
    expect((await there.begin(intent({ keys: ['k'] }))).isMine).toBe(true);
  });

  test('a clock that is set back makes nobody wait for a dead process', async () => {
    const { here, there, clock } = await two();
    await here.begin(intent({ keys: ['k'], isSent: false }));
    clock.advance(-60 * 60_000);
    expect((await there.begin(intent({ keys: ['k'], isSent: false }))).isMine).toBe(true);
  });

  test('a result without an id is recorded as it is', async () => {
    const { here, there } = await two();
    const { entry } = await here.begin(intent({ keys: ['k'], sought: undefined }));
    const made = { id: null, told: { message: 'Prompts created', prompt_ids: [1, 2] } };
    await here.done(entry.id, made);
    expect((await there.begin(intent({ keys: ['k'] }))).entry.made).toEqual(made);
  });

  test('the check of a writable ledger succeeds', async () => {
    const { here } = await two();
    await expect(here.check()).resolves.toBeUndefined();
  });
}
