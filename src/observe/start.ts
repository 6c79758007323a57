import { once } from 'node:events';
import type { Logger } from 'pino';
import { type Config, ConfigError } from '../config.ts';
import { logLines } from './log-lines.ts';
import type { Sources } from './metrics-sources.ts';
import { type Observer, watchWith } from './watch.ts';

/** Starts what is configured. What is off is not even loaded. */
export async function startWatching(config: Config, log: Logger, sources: Sources) {
  const parts: { watcher: Observer; close?: () => Promise<unknown> }[] = [];
  if (log.isLevelEnabled('info')) parts.push({ watcher: logLines(log) });
  if (config.metrics) parts.push(await startMetrics(config.metrics, sources));
  if (config.isTraced) parts.push((await import('./traces.ts')).createTraces(log));
  return {
    watch: watchWith(parts.map(({ watcher }) => watcher)),
    close: () => Promise.all(parts.map(({ close }) => close?.())),
  };
}

async function startMetrics({ host, port }: NonNullable<Config['metrics']>, sources: Sources) {
  const { createMetrics } = await import('./metrics.ts');
  const { createMetricsServer } = await import('./metrics-server.ts');
  const metrics = createMetrics(sources);
  const server = createMetricsServer(metrics).listen(port, host);
  await once(server, 'listening').catch(({ code }) => {
    throw new ConfigError(
      `METRICS_HOST ${host} and METRICS_PORT ${port} cannot be listened on (${code}): give others.`,
    );
  });
  const close = async () => {
    server.close();
    server.closeAllConnections();
  };
  return { watcher: metrics.watcher, close };
}
