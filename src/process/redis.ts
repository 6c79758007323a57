import { type Command, Redis, ReplyError } from 'ioredis';
import type { RedisNews } from '../observe/watch.ts';

export type { Redis };

type OnNews = (news: RedisNews) => void;

interface Connecting {
  password?: string | undefined;
  /** Called for each command, and for changes of the connection. */
  onNews?: OnNews | undefined;
}

/** Opens a connection that fails fast while it is down, and reconnects by itself. Throws if it cannot connect at the start. */
export async function connectRedis(
  url: string,
  { password, onNews = () => {} }: Connecting = {},
): Promise<Redis> {
  const redis = new WatchedRedis(url, {
    ...(password !== undefined && { password }),
    lazyConnect: true,
    connectTimeout: 5000,
    commandTimeout: 5000,
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
    await redis.connect();
    return redis;
  } catch (error) {
    redis.disconnect();
    // Only the event says why the connection was closed, such as a wrong password.
    throw fault ?? error;
  }
}

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
