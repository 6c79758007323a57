import { Redis } from 'ioredis';

export type { Redis };

/**
 * Connects to Redis. While the connection is down, commands fail at once, and it reconnects by itself. Throws if Redis cannot
 * be reached at the start.
 */
export async function connectRedis(url: string, password?: string): Promise<Redis> {
  const redis = new Redis(url, {
    ...(password !== undefined && { password }),
    lazyConnect: true,
    connectTimeout: 5000,
    commandTimeout: 5000,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    // After a failover an open connection may lead to a server that has become a replica. A new one leads to its primary.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  });
  // Failed commands report their own errors. Without a listener this event would end the process.
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
