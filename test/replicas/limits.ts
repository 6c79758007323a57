/** One rate limit that all gateways count together. */
import { openWorld } from './world.ts';

const ASKED_AT_ONCE = 30;
/** More than the limit. */
const TIMES = 1.5;
const BODY = JSON.stringify({ query: '{ __typename }' });

export async function raceForTheLimit(limit: number) {
  // An hour, so that no second window begins meanwhile.
  const world = await openWorld({
    environment: { ASTRIA_AUTH_TOKEN: 'sd_limit', RATE_LIMIT: `${limit}/h` },
  });
  const statuses = new Map<number, number>();
  let left = Math.round(limit * TIMES);
  async function askOn() {
    while (left-- > 0) {
      const { status } = await fetch(world.gateways[left % world.gateways.length]?.url ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: BODY,
      });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  }
  try {
    await Promise.all(Array.from({ length: ASKED_AT_ONCE }, askOn));
    return { limit, let: statuses.get(200) ?? 0, refused: statuses.get(429) ?? 0 };
  } finally {
    await world.close();
  }
}
