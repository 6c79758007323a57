/** How much one caller may ask in a while. Only loaded where RATE_LIMIT is set. */
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { rateLimited } from '../graphql/errors.ts';
import type { RateLimit } from '../rate-limit.ts';

export interface RateLimits {
  /** Counts operations of one caller; throws where they are too many. */
  spend(name: string, operations: number): Promise<void>;
  /** Throws where nobody at this address was known too often of late. */
  checkStrangers(address: string): Promise<void>;
  noteStranger(address: string): Promise<void>;
}

export function createRateLimits({ max, seconds }: RateLimit, redis?: Redis): RateLimits {
  const rate = { points: max, duration: seconds };
  const memory = new RateLimiterMemory(rate);
  const callers = redis
    ? new RateLimiterRedis({
        ...rate,
        storeClient: redis,
        keyPrefix: 'astria-graphql:rate',
        rejectIfRedisNotReady: true,
        // A Redis that is away lets each process count for itself, rather than keep everybody out.
        insuranceLimiter: memory,
      })
    : memory;
  // Asked whenever a stranger comes, so it is never more than a look into a Map.
  const strangers = new RateLimiterMemory(rate);

  return {
    async spend(name, operations) {
      try {
        await callers.consume(name, operations);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        throw tooMany({ max, seconds }, refused);
      }
    },
    async checkStrangers(address) {
      const known = await strangers.get(address);
      if (known && known.consumedPoints >= max) throw tooMany({ max, seconds }, known);
    },
    async noteStranger(address) {
      await strangers.penalty(address);
    },
  };
}

const tooMany = ({ max, seconds }: RateLimit, { consumedPoints, msBeforeNext }: RateLimiterRes) =>
  rateLimited(
    `${max} operations may be asked for in ${seconds} s: ask again in ${Math.ceil(msBeforeNext / 1000)} s.`,
    { name: 'requests', max, found: Math.max(consumedPoints, max + 1) },
    msBeforeNext,
  );
