/** What is known of the held key's money while Astria fails: never less than it has charged. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Emulator } from '../../src/emulator/serve.ts';
import { bearer } from '../support/gateway-keys.ts';
import { BOUND, HELD } from './parties.ts';
import type { Offend } from './verdict.ts';

/** In milli-cents. */
export interface Money {
  charged: number;
  spent: number;
  reserved: number;
  /** How often it was looked at. */
  looks: number;
}

const EVERY_MS = 300;
/** Prices that were told late. */
const SETTLING_MS = 20_000;

const QUERY = '{ viewer { budget { month { spent { milliCents } reserved { milliCents } } } } }';

interface Told {
  data?: { viewer: { budget: { month: Record<'spent' | 'reserved', { milliCents: number }> } } };
}

export function watchMoney(emulator: Emulator, url: string, offend: Offend) {
  const { balanceMc } = emulator.account(HELD);
  const seen: Money = { charged: 0, spent: 0, reserved: 0, looks: 0 };
  const stopping = new AbortController();

  /** What is charged later than it was looked at must not count. */
  async function look() {
    const charged = balanceMc - emulator.account(HELD).balanceMc;
    const { data } = await askAsBound(url).catch((): Told => ({}));
    // It may be refused like all else while there is too much under way.
    if (!data) return;
    const { spent, reserved } = data.viewer.budget.month;
    Object.assign(seen, { charged, spent: spent.milliCents, reserved: reserved.milliCents });
    seen.looks++;
    if (seen.spent + seen.reserved < charged) offend('overspent', JSON.stringify(seen));
  }

  const watching = (async () => {
    while (!stopping.signal.aborted) {
      await look();
      await sleep(EVERY_MS);
    }
  })();

  return {
    stop: () => stopping.abort(),
    /** In the calm: what has a price is settled, so that no more is spent than was charged. */
    async settle(): Promise<Money> {
      stopping.abort();
      await watching;
      const until = performance.now() + SETTLING_MS;
      for (let before = -1; before !== seen.spent && performance.now() < until; ) {
        before = seen.spent;
        await sleep(5000);
        await look();
      }
      if (seen.spent > seen.charged) offend('overspent', `told twice: ${JSON.stringify(seen)}`);
      return seen;
    },
  };
}

/** Of who may use one workspace only, which is answered whatever Astria does. */
async function askAsBound(url: string): Promise<Told> {
  const headers = { 'content-type': 'application/json', ...bearer(BOUND) };
  const body = JSON.stringify({ query: QUERY });
  return (await (await fetch(url, { method: 'POST', headers, body })).json()) as Told;
}
