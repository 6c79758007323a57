import { Redis } from 'ioredis';

export type { Redis };

/** A connection that fails fast while it is down, and comes back by itself. Throws where it cannot be had at the start. */
export async function connectRedis(url: string, password?: string): Promise<Redis> {
  const redis = new Redis(url, {
    ...(password !== undefined && { password }),
    lazyConnect: true,
    connectTimeout: 5000,
    commandTimeout: 5000,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    // After a failover an open connection may still lead to what has become a replica: a new one leads to its master.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  });
  // Whoever sends a command is told; without a listener the process would end.
  let fault: Error | undefined;
  redis.on('error', (error) => {
    fault = error;
  });
  try {
    await redis.connect();
    return redis;
  } catch (error) {
    redis.disconnect();
    // Why it was closed, such as a wrong password, is told by the event alone.
    throw fault ?? error;
  }
}
