import { addWorkspace } from './people.ts';
import { type Random, seededRandom } from './random.ts';
import { type Account, accountOf, type TuneRow, type World } from './store.ts';
import { DAY, HOUR, isoOf } from './timeline.ts';

/** The demo account while it is filled. */
export interface Studio {
  world: World;
  account: Account;
  random: Random;
}

export const DEMO_KEY = 'sd_demo';
/** A workspace from Astria's samples. */
export const NORTH = 679;
const LOOKBOOK = 683;

/** A range of ids, and how many days ago its first id was assigned. */
export interface Era {
  ids: [first: number, last: number];
  days: number;
}

export const TUNES: Era = { ids: [5_200_140, 5_239_000], days: 56 };
export const PROMPTS: Era = { ids: [45_000_900, 45_047_000], days: 49 };

export function openStudio(world: World): Studio {
  const account = accountOf(world, DEMO_KEY);
  account.balanceMc = 48_350_000;
  const brief = 'Warm, quiet, a lot of window light. No props that are not in the collection.';
  addWorkspace(world, account, { id: NORTH, title: 'Studio North', brief });
  addWorkspace(world, account, { id: LOOKBOOK, title: 'Lookbook SS26' });
  return { world, account, random: seededRandom(2026) };
}

/** Ids and dates rise together. The last id of an era was assigned three hours ago. */
export function bornAt({ world }: Studio, { ids: [first, last], days }: Era, id: number): number {
  const oldest = world.clock.now() - days * DAY;
  const newest = world.clock.now() - 3 * HOUR;
  return Math.round(oldest + ((id - first) / (last - first)) * (newest - oldest));
}

/** Returns a workspace. Most rows are in the personal scope. */
export function workspaceFor(index: number): number | null {
  if (index % 9 === 4) return NORTH;
  return index % 23 === 11 ? LOOKBOOK : null;
}

/** Returns the times of something that waited, ran and ended. */
export const timesFrom = (createdAt: number, waitedMs: number, ranMs: number) => ({
  created_at: isoOf(createdAt),
  started_training_at: isoOf(createdAt + waitedMs),
  trained_at: isoOf(createdAt + waitedMs + ranMs),
});

export const uploadsOf = ({ world, random }: Studio, count: number): string[] =>
  Array.from({ length: count }, () => {
    const name = (random.below(2 ** 31) + 2 ** 31).toString(16);
    return `${world.publicUrl}/images/uploads/${name}.png`;
  });

/** Picks one of the latest tunes that were ready at that moment and had not expired. */
export function pickTune(
  { account, random }: Studio,
  at: number,
  matches: (row: TuneRow) => boolean,
): TuneRow | undefined {
  const ready = account.tunes
    .newest()
    .filter(({ life }) => life.doneAt < at && life.doneAt > at - 25 * DAY)
    .filter(matches)
    .take(12)
    .toArray();
  return ready.length === 0 ? undefined : random.pick(ready);
}
