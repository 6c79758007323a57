/** A gateway whose metrics are served, and what is looked at for them is known. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { addProcessMetrics, createMetrics } from '../../src/observe/metrics.ts';
import { createMetricsServer } from '../../src/observe/metrics-server.ts';
import { startGateway, type TestGatewayOptions } from './gateway.ts';

export async function startMeasured(
  upstream: TestGatewayOptions['upstream'] = {},
  environment: Record<string, string> = {},
) {
  const title = {
    method: 'GET',
    route: '/tunes',
    field: 'title',
    kind: 'changed',
    count: 2,
  } as const;
  const drift = () => [title];
  const load = {
    running: 3,
    waiting: 7,
    unsent: { bytes: 5000 },
    bodies: { bytes: 6000 },
    connections: { open: 12 },
    refused: { waitingRequests: 2 },
  };
  const ledgerWaits = () => 3;
  const jobs = () => ({ streams: 2, watched: 5 });
  const webhooks = () => ({ waiting: 4, undelivered: 2, oldestAt: Date.now() - 90_000 });
  const sources = { drift, ledgerWaits, load, jobs, webhooks };
  const metrics = createMetrics({ ...sources, breaker: () => 'half-open' });
  addProcessMetrics(metrics);
  const server = createMetricsServer(metrics).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const gateway = await startGateway({
    upstream,
    environment,
    watchers: () => [metrics.watcher],
  });
  const scrape = async (path = '/metrics') => fetch(`http://127.0.0.1:${port}${path}`);
  const lines = async () => (await (await scrape()).text()).split('\n');
  return { ...gateway, registry: metrics.registry, scrape, lines };
}
