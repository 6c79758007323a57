import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, Redis, ReplyError } from 'ioredis';
import type { RedisNews } from '../observe/watch.ts';

export type { Redis };

type OnNews = (news: RedisNews) => void;

interface Connecting {
  password?: string | undefined;
  /** Called for each command, and for changes of the connection. */
  onNews?: OnNews | undefined;
  /** Called if there is no connection at the start. */
  onAway?: ((reason: Error) => void) | undefined;
  /** How long it is waited for at the start. 5 seconds if left out. */
  withinMs?: number;
}

const ANSWER_MS = 5000;

/**
 * Opens a connection that fails fast while it is down, and reconnects by itself. It does so too if Redis is away at the start: reads
 * go on without Redis, and a process that is started in an outage must serve them. Throws if waiting would not help.
 */
export async function connectRedis(
  url: string,
  { password, onNews = () => {}, onAway = () => {}, withinMs = ANSWER_MS }: Connecting = {},
): Promise<Redis> {
  const redis = new WatchedRedis(url, {
    ...(password !== undefined && { password }),
    lazyConnect: true,
    connectTimeout: ANSWER_MS,
    commandTimeout: ANSWER_MS,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    // After a failover an open connection may lead to a server that has become a replica. A new one leads to its primary.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  });
  redis.onNews = onNews;
  watchConnection(redis);
  // Each command gets its own error. Without a listener the process would end.
  let fault: Error | undefined;
  redis.on('error', (error) => {
    fault = error;
  });
  try {
    // A Redis that is still loading its file is connected to, and not ready for minutes.
    await Promise.race([redis.connect(), tooLate(withinMs)]);
  } catch (error) {
    // Only the event says why the connection was closed, such as a wrong password.
    const reason = fault ?? (error as Error);
    if (isFinal(reason)) {
      redis.disconnect();
      throw reason;
    }
    onAway(reason);
  }
  return redis;
}

async function tooLate(ms: number): Promise<never> {
  await sleep(ms, undefined, { ref: false });
  throw new Error(`it was not ready within ${ms} ms`);
}

/** Whether the settings are wrong: Redis does not accept the password or the user, or there is no such host. */
const isFinal = ({ code, message }: NodeJS.ErrnoException) =>
  code === 'ENOTFOUND' || /^(WRONGPASS|NOAUTH|NOPERM|ERR invalid password)/.test(message);

/** Also reports commands that are not sent because there is no connection. */
class WatchedRedis extends Redis {
  onNews: OnNews = () => {};
  readonly #known = new WeakSet<Command>();

  override sendCommand(...args: Parameters<Redis['sendCommand']>) {
    const [command] = args;
    // A command that is sent again after a reconnect passes here twice.
    if (!this.#known.has(command)) this.#watch(command);
    return super.sendCommand(...args);
  }

  #watch(command: Command) {
    this.#known.add(command);
    const begunMs = performance.now();
    const over = (outcome: 'done' | 'refused' | 'failed') =>
      this.onNews({
        ...{ kind: 'command', command: command.name, outcome },
        ms: performance.now() - begunMs,
      });
    command.promise.then(
      () => over('done'),
      (error) => over(error instanceof ReplyError ? 'refused' : 'failed'),
    );
  }
}

function watchConnection(redis: WatchedRedis) {
  const connection = 'commands';
  let wasThere = false;
  redis.on('ready', () => {
    redis.onNews({ kind: 'connection', connection, isThere: true, isAgain: wasThere });
    wasThere = true;
  });
  redis.on('close', () =>
    redis.onNews({ kind: 'connection', connection, isThere: false, isAgain: false }),
  );
}
