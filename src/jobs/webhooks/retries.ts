/** When a message that was not taken is sent again: after 5 s, then after twice as long each time, up to 2 h. */
const FIRST_MS = 5000;
export const LONGEST_MS = 2 * 60 * 60_000;
/** They take a day at the least. Attempts are counted, not time, because the gateway may be stopped for a while. */
export const MAX_ATTEMPTS = 23;
/** Messages that failed together are spread over a fifth of the delay. */
const SPREAD = 0.2;

/** Returns the delay after this number of attempts. `random` is from 0 to 1. */
export const delayAfter = (attempts: number, random: number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1)) * (1 + SPREAD * random);
