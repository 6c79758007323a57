/** The same idempotency key at every gateway at once. */
import { setTimeout as sleep } from 'node:timers/promises';
import { buy, type Outcome } from '../ledger-faults/buyers.ts';
import { Orders, openAccount, openWorld, type World } from './world.ts';

export interface KeysFound {
  keys: number;
  /** What was told in all, to those who asked again too. */
  told: Partial<Record<Outcome, number>>;
  /** How many requests reached Astria. */
  sent: number;
  offences: string[];
}

const KEY = 'sd_keys';
const AT_ONCE = 20;
const AGAIN_MS = 200;
const MAX_TIMES = 50;

export async function raceForKeys(keys: number): Promise<KeysFound> {
  const world = await openWorld({ environment: { ASTRIA_AUTH_TOKEN: KEY } });
  const found: KeysFound = { keys, told: {}, sent: 0, offences: [] };
  openAccount(world.emulator, KEY);
  const orders = new Orders(world.emulator);
  try {
    for (let first = 0; first < keys; first += AT_ONCE) {
      const count = Math.min(AT_ONCE, keys - first);
      const names = Array.from({ length: count }, (_, index) => `order ${first + index}`);
      await Promise.all(names.map((name) => raceFor(world, found, name)));
      orders.count();
      for (const name of names) {
        found.sent += orders.of(name);
        if (orders.of(name) !== 1) found.offences.push(`${name} was sent ${orders.of(name)} times`);
      }
    }
    return found;
  } finally {
    await world.close();
  }
}

async function raceFor({ gateways }: World, found: KeysFound, name: string) {
  const ids = await Promise.all(gateways.map(({ url }) => buyUntilDone(url, found, name)));
  if (new Set(ids).size !== 1) found.offences.push(`${name} was answered with ${ids}`);
}

/** Returns the id of what was made. */
async function buyUntilDone(url: string, found: KeysFound, name: string) {
  for (let time = 0; time < MAX_TIMES; time++) {
    const { outcome, text } = await buy(url, name);
    found.told[outcome] = (found.told[outcome] ?? 0) + 1;
    if (outcome === 'done') return JSON.parse(text).data.createPrompt.prompt.astriaId as number;
    if (outcome !== 'NOT_DONE') return text;
    await sleep(AGAIN_MS);
  }
  return 'never done';
}
