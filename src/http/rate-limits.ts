/** Counts operations by caller. Loaded only if something is counted. */
import type { GraphQLError } from 'graphql';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { rateLimited } from '../graphql/errors.ts';
import type { RateLimit } from './rate-limit.ts';

/** Counts operations under a name. Throws if there are too many. */
export type Spend = (name: string, operations: number) => Promise<void>;

/** The number of operations, and when more are allowed. */
export interface Spent {
  found: number;
  waitMs: number;
}

export interface RateLimits {
  spend: Spend;
  /** Throws if too many unknown callers came from this address recently. */
  checkStrangers(address: string): Promise<void>;
  noteStranger(address: string): Promise<void>;
}

export function createRateLimits(rate: RateLimit, redis?: Redis): RateLimits {
  // Asked for every unknown caller, so it is kept in memory.
  const strangers = memoryOf(rate);

  return {
    spend: countBy(rate, tooMany, redis),
    async checkStrangers(address) {
      const known = await strangers.get(address);
      if (known && known.consumedPoints >= rate.max) throw tooMany(rate, spentOf(rate, known));
    },
    async noteStranger(address) {
      await strangers.penalty(address);
    },
  };
}

export function countBy(
  rate: RateLimit,
  refusal: (rate: RateLimit, spent: Spent) => GraphQLError,
  redis?: Redis,
): Spend {
  const counts = redis ? inRedis(rate, redis) : memoryOf(rate);
  return async (name, operations) => {
    try {
      await counts.consume(name, operations);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw refusal(rate, spentOf(rate, refused));
    }
  };
}

const memoryOf = ({ max, seconds }: RateLimit) =>
  new RateLimiterMemory({ points: max, duration: seconds });

const inRedis = (rate: RateLimit, redis: Redis) =>
  new RateLimiterRedis({
    points: rate.max,
    duration: rate.seconds,
    storeClient: redis,
    keyPrefix: 'astria-graphql:rate',
    rejectIfRedisNotReady: true,
    // If Redis is away, each process counts for itself instead of refusing everybody.
    insuranceLimiter: memoryOf(rate),
  });

const spentOf = ({ max }: RateLimit, { consumedPoints, msBeforeNext }: RateLimiterRes): Spent => ({
  found: Math.max(consumedPoints, max + 1),
  waitMs: msBeforeNext,
});

const tooMany = ({ max, seconds }: RateLimit, { found, waitMs }: Spent) =>
  rateLimited(
    `${max} operations may be asked for in ${seconds} s: ask again in ${Math.ceil(waitMs / 1000)} s.`,
    { name: 'requests', max, found },
    waitMs,
  );
