import { type Config, ConfigError } from '../../config.ts';
import type { RedisNews } from '../../observe/watch.ts';
import type { Redis } from '../../process/redis.ts';
import { IN_USE, type Ledger, type LedgerClock } from './ledger.ts';
import { warningsOf } from './redis-settings.ts';

interface Opening {
  onNews?: ((news: RedisNews) => void) | undefined;
  onAway?: (reason: Error) => void;
}

/** Connects to the configured Redis, which may be away. Returns undefined if none is configured. */
export async function openRedis(
  { redisUrl, redisPassword: password }: Config,
  { onNews, onAway }: Opening = {},
): Promise<Redis | undefined> {
  if (!redisUrl) return undefined;
  const { connectRedis } = await import('../../process/redis.ts');
  return connectRedis(redisUrl, { password, onNews, onAway }).catch((error) => {
    throw new ConfigError(
      `REDIS_URL leads to no Redis that can be used (${reasonOf(error)}): name the host of one, give its password in REDIS_PASSWORD_FILE, or leave it out to keep the ledger in a file`,
    );
  });
}

/**
 * Opens the ledger in Redis if one is configured, or else in a file. `warn` gets the reasons why it may lose entries, once Redis is
 * there.
 */
export async function openLedger(
  { ledgerPath }: Config,
  redis: Redis | undefined,
  clock: LedgerClock,
  warn: (warning: string) => void = () => {},
): Promise<Ledger> {
  if (redis) {
    const { createRedisLedger } = await import('./redis.ts');
    const warnings: string[] = [];
    const look = async () => {
      warnings.push(...(await warningsOf(redis)));
      warnings.forEach(warn);
    };
    if (redis.status === 'ready') await look();
    else redis.once('ready', look);
    return createRedisLedger(redis, clock, warnings);
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
