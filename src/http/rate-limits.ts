/** Counts operations by caller. Loaded only if something is counted. */
import type { GraphQLError } from 'graphql';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { rateLimited } from '../graphql/errors.ts';
import { Outage } from '../observe/outage.ts';
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

/** Counters that processes may share. */
export interface CommonCounts {
  /** Undefined: each process counts for itself. */
  redis: Redis | undefined;
  log: Logger;
}

export function createRateLimits(rate: RateLimit, { redis, log }: CommonCounts): RateLimits {
  // Read for each unknown caller, so it stays in memory even if there is a Redis.
  const strangers = memoryOf(rate);

  return {
    spend: spendFrom(redis ? inRedis(rate, redis, log) : memoryOf(rate), rate, tooMany),
    async checkStrangers(address) {
      const known = await strangers.get(address);
      if (known && known.consumedPoints >= rate.max) throw tooMany(rate, spentOf(rate, known));
    },
    async noteStranger(address) {
      await strangers.penalty(address);
    },
  };
}

type Refuse = (rate: RateLimit, spent: Spent) => GraphQLError;

/** Counts in this process only. */
export const countAlone = (rate: RateLimit, refuse: Refuse): Spend =>
  spendFrom(memoryOf(rate), rate, refuse);

/** `consume` throws the result if there are too many. */
type Counts = Pick<RateLimiterMemory, 'consume'>;

function spendFrom(counts: Counts, rate: RateLimit, refuse: Refuse): Spend {
  return async (name, operations) => {
    try {
      await counts.consume(name, operations);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw refuse(rate, spentOf(rate, refused));
    }
  };
}

const memoryOf = ({ max, seconds }: RateLimit) =>
  new RateLimiterMemory({ points: max, duration: seconds });

/** A Redis that hangs must not hold every request up for as long as a paid write would wait for it. */
const COUNTED_WITHIN_MS = 500;

/** While Redis is away each process counts for itself, so that nobody is locked out. */
function inRedis(rate: RateLimit, redis: Redis, log: Logger): Counts {
  const common = new RateLimiterRedis({
    ...{ points: rate.max, duration: rate.seconds, storeClient: redis },
    keyPrefix: 'astria-graphql:rate',
  });
  const alone = memoryOf(rate);
  const outage = new Outage(log, 'the Redis of rate limits (each process counts for itself)');
  return {
    async consume(name, operations) {
      try {
        const spent = await within(COUNTED_WITHIN_MS, common.consume(name, operations));
        outage.worked();
        return spent;
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) {
          outage.failed(error);
          return alone.consume(name, operations);
        }
        outage.worked();
        throw error;
      }
    },
  };
}

function within<Result>(ms: number, doing: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  return Promise.race([doing, promise]).finally(() => clearTimeout(timer));
}

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
