/** What both ledgers promise of money, each with two processes' worth of them on the same store. */
import { expect, test } from 'vitest';
import { frozenClock } from '../../../src/emulator/clock.ts';
import { KEPT_MS } from '../../../src/paid/ledger/ledger.ts';
import type { Reservation } from '../../../src/paid/ledger/spending.ts';
import { told } from '../../support/told.ts';
import type { Open } from './promises.ts';
import { intent } from './support.ts';

const budget = (more: object = {}) => ({ name: 'web', day: 1000, month: 5000, ...more });
const of = (amount: number, more: Partial<Reservation> = {}): Reservation => ({
  ...{ budgets: [budget()], amount, parts: 1 },
  ...more,
});
const MIDNIGHT = Date.parse('2026-12-01T00:00:00Z');

/** `store` returns a function that opens one more ledger on the same store, which is empty. */
export function keepsMoney(store: () => Promise<Open>) {
  async function two() {
    const open = await store();
    const clock = frozenClock('2026-11-30T12:00:00Z');
    const [here, there] = [await open(told(clock)), await open(told(clock))];
    const begin = async (keys: string[] = []) =>
      (await here.begin(intent({ keys, isSent: false, sought: undefined }))).entry.id;
    const amounts = async (name = 'web') => {
      const [spending] = await there.spending([name]);
      const { day, month } = spending as NonNullable<typeof spending>;
      return [day.spent, day.reserved, month.spent, month.reserved];
    };
    return { clock, here, there, begin, amounts };
  }

  test('a reservation counts until it is released', async () => {
    const { here, begin, amounts } = await two();
    const id = await begin();
    expect(await here.reserve(id, of(400))).toBeUndefined();
    expect(await amounts()).toEqual([0, 400, 0, 400]);
    await here.free(id);
    expect(await amounts()).toEqual([0, 0, 0, 0]);
    expect(await amounts('another')).toEqual([0, 0, 0, 0]);
  });

  test('a reservation that exceeds any limit is refused, and reserves nothing', async () => {
    const { here, begin, amounts } = await two();
    await here.reserve(await begin(), of(900));
    const tooMuch = { budget: 'web', period: 'day', max: 1000, found: 1001, resetsAt: MIDNIGHT };
    expect(await here.reserve(await begin(), of(101))).toEqual(tooMuch);
    const narrow = [budget({ day: undefined }), budget({ name: 'all', day: undefined, month: 50 })];
    expect(await here.reserve(await begin(), of(51, { budgets: narrow }))).toEqual({
      ...{ budget: 'all', period: 'month', max: 50, found: 51, resetsAt: MIDNIGHT },
    });
    expect(await amounts()).toEqual([0, 900, 0, 900]);
    expect(await here.reserve(await begin(), of(100))).toBeUndefined();
  });

  test('of a hundred simultaneous reservations exactly as many succeed as fit', async () => {
    const { here, there, begin, amounts } = await two();
    const ids = await Promise.all(Array.from({ length: 100 }, () => begin()));
    const refusals = await Promise.all(
      ids.map((id, index) => (index % 2 ? here : there).reserve(id, of(30))),
    );
    expect(refusals.filter((refusal) => refusal === undefined)).toHaveLength(33);
    expect(await amounts()).toEqual([0, 990, 0, 990]);
  });

  test('the first row with a price settles the reservation, once', async () => {
    const { here, there, begin, amounts, clock } = await two();
    const id = await begin();
    await here.reserve(id, of(400));
    await here.sent(id);
    await here.done(id, { id: 7 }, { priced: { jobs: ['prompt:7'] } });
    expect(await there.takeDue(10)).toEqual([]);
    clock.advance(2001);
    expect(await there.takeDue(10)).toEqual([{ id, jobs: ['prompt:7'] }]);
    // Told to one process.
    expect(await here.takeDue(10)).toEqual([]);
    expect(await there.told(id, 'prompt:8', 1)).toBeUndefined();
    const settled = { budgets: ['web'], spent: 350, reserved: 0 };
    expect(await there.told(id, 'prompt:7', 350)).toEqual(settled);
    expect(await here.told(id, 'prompt:7', 350)).toBeUndefined();
    expect(await amounts()).toEqual([350, 0, 350, 0]);
    clock.advance(60_000);
    expect(await here.takeDue(10)).toEqual([]);
  });

  test('a write may cost more than was reserved', async () => {
    const { here, begin, amounts, clock } = await two();
    const id = await begin();
    await here.reserve(id, of(400));
    await here.sent(id);
    await here.done(id, { id: 7 }, { priced: { jobs: ['prompt:7'] } });
    clock.advance(2001);
    await here.told(id, 'prompt:7', 1200);
    expect(await amounts()).toEqual([1200, 0, 1200, 0]);
    expect(await here.reserve(await begin(), of(0))).toMatchObject({ found: 1200 });
  });

  test('the rest stays reserved until all parts have a price', async () => {
    const { here, begin, amounts } = await two();
    const id = await begin();
    await here.reserve(id, of(400, { parts: 2 }));
    await here.done(id, { id: 7 }, { priced: { jobs: ['tune:7', 'prompt:8'] } });
    expect(await here.told(id, 'tune:7', 150)).toMatchObject({ reserved: 250 });
    expect(await amounts()).toEqual([150, 250, 150, 250]);
    await here.told(id, 'prompt:8', 50);
    expect(await amounts()).toEqual([200, 0, 200, 0]);
  });

  test('an amount without a price stays reserved: of a part, of an unknown number, of no object', async () => {
    const { here, begin, amounts, clock } = await two();
    const [few, some, none] = [await begin(), await begin(), await begin()];
    await here.reserve(few, of(100, { parts: 2 }));
    await here.reserve(some, of(200, { parts: null }));
    await here.reserve(none, of(300, { parts: null }));
    await here.done(few, { id: 7 }, { priced: { jobs: ['tune:7'] } });
    await here.done(some, { id: 9 }, { priced: { jobs: ['tune:9'], isAll: false } });
    await here.done(none, { id: null }, { priced: { jobs: [] } });
    await here.told(few, 'tune:7', 10);
    await here.told(some, 'tune:9', 20);
    expect(await amounts()).toEqual([30, 570, 30, 570]);
    clock.advance(KEPT_MS + 1);
    // The next day, and the next month.
    expect(await amounts()).toEqual([0, 0, 0, 0]);
  });

  test('a price for all parts together settles at once', async () => {
    const { here, begin, amounts } = await two();
    const id = await begin();
    await here.reserve(id, of(400, { parts: null }));
    await here.done(id, { id: null }, { priced: { jobs: ['prompt:1', 'prompt:2'], costMc: 250 } });
    expect(await amounts()).toEqual([250, 0, 250, 0]);
  });

  test('an object that existed before costs nothing more', async () => {
    const { here, begin, amounts } = await two();
    const [one, same] = [await begin(), await begin()];
    await here.reserve(one, of(100));
    await here.done(one, { id: 7 }, { priced: { jobs: ['prompt:7'] } });
    await here.reserve(same, of(100));
    await here.done(same, { id: 7 }, { priced: { jobs: ['prompt:7'] } });
    expect(await amounts()).toEqual([0, 100, 0, 100]);
  });

  test('a write with an unknown outcome stays reserved until it is found', async () => {
    const { here, begin, amounts, clock } = await two();
    const id = await begin(['k']);
    await here.reserve(id, of(400));
    await here.sent(id);
    await here.lost(id);
    expect(await amounts()).toEqual([0, 400, 0, 400]);
    expect(await here.claim(id, [7])).toEqual({ id: 7, wasFound: true });
    clock.advance(2001);
    expect(await here.takeDue(10)).toEqual([{ id, jobs: ['prompt:7'] }]);
    await here.told(id, 'prompt:7', 300);
    expect(await amounts()).toEqual([300, 0, 300, 0]);
  });

  test('a write with an unknown outcome stays reserved until its key expires', async () => {
    const { here, there, begin, clock } = await two();
    const month = async () => {
      const [spending] = await there.spending(['web']);
      return spending?.month.reserved;
    };
    clock.advance(-20 * 86_400_000);
    const id = await begin(['k']);
    await here.reserve(id, of(400));
    await here.sent(id);
    await here.lost(id);
    clock.advance(KEPT_MS - 1000);
    expect(await month()).toBe(400);
    clock.advance(2000);
    // Asked for under the same key once more, it is another write.
    const again = await begin(['k']);
    expect(again).not.toBe(id);
    expect(await month()).toBe(0);
  });

  test('the reservation of a dead process that never sent is released when the key is taken over', async () => {
    const { here, begin, amounts, clock } = await two();
    const dead = await begin(['k']);
    await here.reserve(dead, of(400));
    clock.advance(6000);
    expect(await begin(['k'])).not.toBe(dead);
    expect(await amounts()).toEqual([0, 0, 0, 0]);
  });

  test('a finished write is settled even if its key has expired', async () => {
    const { here, begin, clock, there } = await two();
    clock.advance(-20 * 86_400_000);
    const id = await begin(['k']);
    await here.reserve(id, of(400));
    await here.done(id, { id: 7 }, { priced: { jobs: ['prompt:7'] } });
    clock.advance(KEPT_MS + 1);
    expect(await begin(['k'])).not.toBe(id);
    expect(await here.told(id, 'prompt:7', 300)).toMatchObject({ spent: 300 });
    const [spending] = await there.spending(['web']);
    expect(spending?.month).toMatchObject({ spent: 300, reserved: 0 });
  });

  test('a price is polled at growing intervals, for a day at most', async () => {
    const { here, begin, clock, amounts } = await two();
    const id = await begin();
    await here.reserve(id, of(400));
    await here.done(id, { id: 7 }, { priced: { jobs: ['prompt:7'] } });
    let looks = 0;
    for (let ms = 0; ms < 11 * 60 * 60_000; ms += 9973) {
      clock.advance(9973);
      looks += (await here.takeDue(10)).length;
    }
    expect(looks).toBeGreaterThan(40);
    expect(looks).toBeLessThan(80);
    expect(await amounts()).toEqual([0, 400, 0, 400]);
    clock.advance(14 * 60 * 60_000);
    expect(await here.takeDue(10)).toEqual([]);
    expect(await here.told(id, 'prompt:7', 1)).toBeUndefined();
  });
}
