import { type Config, ConfigError } from '../../config.ts';
import type { RedisNews } from '../../observe/watch.ts';
import type { Redis } from '../../process/redis.ts';
import { IN_USE, type Ledger, type LedgerClock } from './ledger.ts';
import { warningsOf } from './redis-settings.ts';

/** Connects to the configured Redis. Returns undefined if none is configured. */
export async function openRedis(
  { redisUrl, redisPassword: password }: Config,
  onNews?: (news: RedisNews) => void,
): Promise<Redis | undefined> {
  if (!redisUrl) return undefined;
  const { connectRedis } = await import('../../process/redis.ts');
  return connectRedis(redisUrl, { password, onNews }).catch((error) => {
    throw new ConfigError(
      `REDIS_URL leads to no Redis that answers (${reasonOf(error)}): start one there, give its password in REDIS_PASSWORD_FILE, or leave it out to keep the ledger in a file`,
    );
  });
}

/** Opens the ledger in Redis if one is configured, or else in a file. */
export async function openLedger(
  { ledgerPath }: Config,
  redis: Redis | undefined,
  clock: LedgerClock,
): Promise<Ledger> {
  if (redis) {
    const { createRedisLedger } = await import('./redis.ts');
    return createRedisLedger(redis, clock, await warningsOf(redis));
  }
  const { openSqliteLedger } = await import('./sqlite.ts');
  return openSqliteLedger(ledgerPath, clock).catch((error) => {
    throw new ConfigError(`LEDGER_PATH is ${JSON.stringify(ledgerPath)} and ${remedyFor(error)}`);
  });
}

/** Another file would be an empty ledger, and what this one contains would be paid for again. */
function remedyFor(error: Error) {
  if (error.name === IN_USE) return `${error.message}: end that process first, and keep the file`;
  if (error.message.includes('not a database'))
    return 'is no ledger: give the path of one, or of none yet';
  return `cannot be written (${reasonOf(error)}): give a file in a folder that can be, on a disk that outlives this process; or a REDIS_URL`;
}

const reasonOf = ({ code, message, errstr }: NodeJS.ErrnoException & { errstr?: string }) =>
  errstr ?? code ?? message;
