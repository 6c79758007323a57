import { once } from 'node:events';
import type { Logger } from 'pino';
import { type Config, ConfigError } from '../config.ts';
import { logLines } from './log-lines.ts';
import type { Sources } from './metrics-sources.ts';
import { type Observer, type Watch, watchWith } from './watch.ts';

/** Those who observe operations. */
export interface Watching {
  /** Undefined if nobody does. */
  watch: Watch | undefined;
  close(): Promise<unknown>;
}

/** Starts what is configured. What is off is not even loaded. */
export async function startWatching(
  config: Config,
  log: Logger,
  sources: Sources,
): Promise<Watching> {
  const parts: { watcher: Observer; close?: () => Promise<unknown> }[] = [];
  if (log.isLevelEnabled('info')) parts.push({ watcher: logLines(log) });
  if (config.metrics) parts.push(await startMetrics(config.metrics, sources));
  if (config.isTraced) parts.push((await import('./traces.ts')).createTraces(log));
  return {
    watch: watchWith(parts.map(({ watcher }) => watcher)),
    close: () => Promise.all(parts.map(({ close }) => close?.())),
  };
}

/** Starts what is configured of a gateway in another program, which has metrics of its process, and traces, of its own. */
export async function startWatchingEmbedded(config: Config, log: Logger, sources: Sources) {
  const metrics = config.metrics && (await import('./metrics.ts')).createMetrics(sources);
  const lines = log.isLevelEnabled('info') ? logLines(log) : undefined;
  return {
    watch: watchWith([lines, metrics?.watcher].filter((one) => one !== undefined)),
    close: async () => {},
    /** Returns the metrics as Prometheus reads them. Undefined if they are off. */
    readMetrics: metrics && (() => metrics.registry.metrics()),
  };
}

async function startMetrics({ host, port }: NonNullable<Config['metrics']>, sources: Sources) {
  const { addProcessMetrics, createMetrics } = await import('./metrics.ts');
  const { createMetricsServer } = await import('./metrics-server.ts');
  const metrics = createMetrics(sources);
  addProcessMetrics(metrics);
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
