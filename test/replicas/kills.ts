/** `kill -9` of one gateway after the other, while clients buy and wait through a proxy. */
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../src/emulator/random.ts';
import { buy, type Outcome } from '../ledger-faults/buyers.ts';
import { followJobs } from '../rollout/followers.ts';
import type { ProxyName } from '../support/proxies.ts';
import { Orders, openAccount, openWorld, type World } from './world.ts';

export interface KillOptions {
  kills: number;
  seed: number;
  proxy?: ProxyName | undefined;
  onKill?(done: number): void;
}

interface Bought {
  /** What was told in all, to those who asked again too. */
  told: Partial<Record<Outcome, number>>;
  /** What each order came to. */
  ends: Map<string, 'done' | 'UNKNOWN' | 'never known'>;
}

const BUYERS = 8;
/** So many that whichever gateway is killed has some of them. */
const FOLLOWERS = 18;
/** Longer than HAProxy takes to see that one is back, which it asks each 500 ms: else it has none left. */
const SETTLED_MS = 2500;
const LONGEST_PAUSE_MS = 1000;
const AGAIN_MS = 100;
const PATIENCE_MS = 30_000;

export async function killReplicas({ kills, seed, proxy, onKill }: KillOptions) {
  const world = await openWorld({ proxy });
  const random = seededRandom(seed);
  const orders = new Orders(world.emulator);
  const bought: Bought = { told: {}, ends: new Map() };
  const state = { isOver: false };
  const buying = Array.from({ length: BUYERS }, (_, buyer) => buyOn(world, bought, state, buyer));
  const followers = followJobs(world.emulator, world.url, FOLLOWERS);
  try {
    for (let done = 0; done < kills; done++) {
      await sleep(SETTLED_MS + random.below(LONGEST_PAUSE_MS));
      await world.replace(random.below(world.gateways.length));
      orders.count();
      onKill?.(done + 1);
    }
    state.isOver = true;
    await Promise.all(buying);
    const streams = await followers.end();
    orders.count();
    const offences = [...offencesOf(bought, orders), ...followers.offences()];
    const done = [...bought.ends.values()].filter((end) => end === 'done').length;
    if (done === 0) offences.push('no order was done');
    return { kills, orders: bought.ends.size, done, told: bought.told, streams, offences };
  } finally {
    state.isOver = true;
    await world.close();
  }
}

async function buyOn(world: World, bought: Bought, state: { isOver: boolean }, buyer: number) {
  const key = `sd_buyer${buyer}`;
  openAccount(world.emulator, key);
  for (let number = 0; !state.isOver; number++) {
    const order = `order ${number} of ${buyer}`;
    bought.ends.set(order, await buyUntilKnown(world, bought, order, key));
  }
}

/** Asks again, as a client would, until it is known what came of the order. */
async function buyUntilKnown({ url }: World, { told }: Bought, order: string, key: string) {
  const untilMs = Date.now() + PATIENCE_MS;
  while (Date.now() < untilMs) {
    const { outcome } = await buy(url, order, { authorization: `Bearer ${key}` });
    told[outcome] = (told[outcome] ?? 0) + 1;
    if (outcome === 'done' || outcome === 'UNKNOWN') return outcome;
    await sleep(AGAIN_MS);
  }
  return 'never known';
}

function offencesOf({ ends }: Bought, orders: Orders): string[] {
  return [...ends].flatMap(([order, end]) => {
    const sent = orders.of(order);
    if (sent > 1) return [`${order} was sent ${sent} times`];
    if (end === 'never known') return [`${order} was never known`];
    return end === 'done' && sent === 0 ? [`${order} is done, and was never sent`] : [];
  });
}
