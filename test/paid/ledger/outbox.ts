/** What both ledgers promise of the outbox, each with two processes' worth of them on the same store. */
import { expect, test } from 'vitest';
import { frozenClock } from '../../../src/emulator/clock.ts';
import { LEASE_MS } from '../../../src/paid/ledger/outbox.ts';
import { told } from '../../support/told.ts';
import type { Open } from './promises.ts';
import { intent } from './support.ts';

const WEB = { caller: 'web', place: '12' };

/** `store` returns a function that opens one more ledger on the same store, which is empty. */
export function keepsOutbox(store: () => Promise<Open>) {
  async function two() {
    const open = await store();
    const clock = frozenClock('2026-11-30T12:00:00Z');
    const [here, there] = [await open(told(clock)), await open(told(clock))];
    const begin = async (more = {}) => (await here.begin(intent(more))).entry.id;
    const ids = async () => (await there.outbox.after(0, 10)).map(({ id }) => id);
    return { clock, here, there, begin, ids };
  }

  test('a result and who is told of it are recorded together, with a key and without', async () => {
    const { here, there, begin, clock } = await two();
    await here.done(await begin(), { id: 7 }, { recipient: WEB });
    const personal = { ...WEB, place: null };
    await here.done(await begin({ keys: ['k'], kind: 'tune' }), { id: 8 }, { recipient: personal });
    const common = { caller: 'web', since: clock.now(), state: null };
    const [first, second] = await there.outbox.after(0, 10);
    expect(first).toEqual({
      ...{ ...common, id: 'web:prompt:7', seq: first?.seq, object: 'prompt:7', place: '12' },
    });
    expect(second).toEqual({
      ...{ ...common, id: 'web:tune:8', seq: second?.seq, object: 'tune:8', place: null },
    });
    expect(await there.outbox.after(first?.seq ?? 0, 10)).toEqual([second]);
    expect(await there.outbox.after(0, 1)).toEqual([first]);
  });

  test('a result that is found is told of too, and one without an id or a recipient is not', async () => {
    const { here, there, begin, ids } = await two();
    const lost = await begin({ keys: ['k'] });
    await here.lost(lost);
    await here.done(await begin(), { id: null, told: {} }, { recipient: WEB });
    await here.done(await begin(), { id: 9 }, {});
    expect(await ids()).toEqual([]);
    expect(await there.claim(lost, [5], WEB)).toEqual({ id: 5, wasFound: true });
    expect(await ids()).toEqual(['web:prompt:5']);
  });

  test('a result that is recorded twice is one item, and its state stays', async () => {
    const { here, there, begin, ids } = await two();
    const id = await begin({ keys: ['k'] });
    await here.done(id, { id: 7 }, { recipient: WEB });
    await there.outbox.note('web:prompt:7', '{"attempts":1}');
    await here.done(id, { id: 7 }, { recipient: WEB });
    await here.done(await begin(), { id: 7, wasKnown: true }, { recipient: WEB });
    expect(await there.outbox.after(0, 10)).toMatchObject([{ state: '{"attempts":1}' }]);
    await there.outbox.remove('web:prompt:7');
    await there.outbox.note('web:prompt:7', '{}');
    expect(await ids()).toEqual([]);
  });

  test('one process leads, until it resigns or is silent', async () => {
    const { here, there } = await two();
    expect(await here.outbox.lead('a')).toBe(true);
    expect(await there.outbox.lead('b')).toBe(false);
    expect(await here.outbox.lead('a')).toBe(true);
    await there.outbox.resign('b');
    expect(await there.outbox.lead('b')).toBe(false);
    await here.outbox.resign('a');
    expect(await there.outbox.lead('b')).toBe(true);
  });
}

/** Redis counts the time of a lease itself. */
export function leasesByTheClock(store: () => Promise<Open>) {
  test('a lease ends by itself, and one from before the clock was set back does not count', async () => {
    const open = await store();
    const clock = frozenClock('2026-11-30T12:00:00Z');
    const ledger = await open(told(clock));
    expect(await ledger.outbox.lead('a')).toBe(true);
    clock.advance(LEASE_MS / 2 + 1);
    expect(await ledger.outbox.lead('a')).toBe(true);
    clock.advance(LEASE_MS - 1);
    expect(await ledger.outbox.lead('b')).toBe(false);
    clock.advance(1);
    expect(await ledger.outbox.lead('b')).toBe(true);
    const earlier = await open(told(frozenClock('2026-11-29T12:00:00Z')));
    expect(await earlier.outbox.lead('a')).toBe(true);
  });
}
