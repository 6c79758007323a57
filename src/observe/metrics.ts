import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { OnCall } from '../upstream/call-watch.ts';
import { jobsMetrics, SECONDS } from './metrics-jobs.ts';
import {
  NAMESPACE,
  type Sources,
  watchLoad,
  watchSources,
  watchWebhooks,
} from './metrics-sources.ts';
import { VERSION } from './version.ts';
import { LEDGER_ACTS, type Observer } from './watch.ts';

/** Of operations. `none`: a request was refused before there was one. */
const KINDS = ['query', 'mutation', 'subscription', 'none'];

/** Every label is of a closed set: names, hashes and callers are for others to choose, and would be without end. */
export function createMetrics(sources: Sources) {
  const registry = new Registry();
  new Gauge({
    name: `${NAMESPACE}_build_info`,
    help: 'Always 1. Which version runs is its label.',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version: VERSION }, 1);
  watchSources(registry, sources);
  watchLoad(registry, sources.load);
  watchWebhooks(registry, sources.webhooks);
  const watcher: Observer = {
    ...operationMetrics(registry),
    onCall: callMetrics(registry),
    onLedger: ledgerMetrics(registry),
    onJobs: jobsMetrics(registry),
    onRedis: redisMetrics(registry),
  };
  return { registry, watcher };
}

export type Metrics = ReturnType<typeof createMetrics>;

/** Adds those of the process: memory, processor, event loop, garbage collection. */
export const addProcessMetrics = ({ registry }: Metrics) =>
  collectDefaultMetrics({ register: registry });

function operationMetrics(registry: Registry): Observer {
  const registers = [registry];
  const operations = new Counter({
    name: `${NAMESPACE}_operations_total`,
    help: 'Operations that were run or refused, by the code of their first error, or OK.',
    labelNames: ['kind', 'code'],
    registers,
  });
  // Prometheus sees no increase in a counter that begins with its first event. So what an alert looks for begins at 0.
  for (const kind of KINDS) operations.inc({ kind, code: 'INTERNAL' }, 0);
  const duration = new Histogram({
    name: `${NAMESPACE}_operation_duration_seconds`,
    help: 'Duration of an operation, from its body to its answer.',
    labelNames: ['kind'],
    buckets: SECONDS,
    registers,
  });
  const joined = new Counter({
    name: `${NAMESPACE}_requests_shared_total`,
    help: 'Requests that shared the answer of an identical one.',
    registers,
  });
  const reads = new Counter({
    name: `${NAMESPACE}_upstream_reads_saved_total`,
    help: 'Reads that joined one in flight (shared), or whose cached answer was still valid (revalidated).',
    labelNames: ['how'],
    registers,
  });
  const unplanned = new Counter({
    name: `${NAMESPACE}_queries_unplanned_total`,
    help: 'Queries that graphql-js runs because they cannot be planned, by the reason. Each document counts once for each combination of its conditions.',
    labelNames: ['reason'],
    registers,
  });
  return {
    onUnplanned: (reason) => unplanned.inc({ reason }),
    over({ operation, context }, { ms, codes }) {
      const kind = operation?.kind ?? 'none';
      operations.inc({ kind, code: codes[0] ?? 'OK' });
      duration.observe({ kind }, ms / 1000);
      if (!context) return;
      reads.inc({ how: 'shared' }, context.calls.shared);
      reads.inc({ how: 'revalidated' }, context.calls.revalidated);
    },
    joined: () => joined.inc(),
  };
}

function callMetrics(registry: Registry): OnCall {
  const registers = [registry];
  const calls = new Counter({
    name: `${NAMESPACE}_upstream_calls_total`,
    help: 'Calls to Astria, by the status of the last answer, or by the reason why there was none.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const retries = new Counter({
    name: `${NAMESPACE}_upstream_retries_total`,
    help: 'Retries of calls.',
    labelNames: ['method', 'route'],
    registers,
  });
  const duration = new Histogram({
    name: `${NAMESPACE}_upstream_call_duration_seconds`,
    help: 'Duration of a call to Astria, including retries.',
    labelNames: ['method', 'route'],
    buckets: SECONDS,
    registers,
  });
  return ({ method, route }) => {
    const beganMs = performance.now();
    return {
      over({ status, error, retries: again }) {
        calls.inc({ method, route, status: status ?? error ?? 'none' });
        if (again > 0) retries.inc({ method, route }, again);
        duration.observe({ method, route }, (performance.now() - beganMs) / 1000);
      },
    };
  };
}

function ledgerMetrics(registry: Registry): Observer['onLedger'] {
  const registers = [registry];
  const operations = new Counter({
    name: `${NAMESPACE}_ledger_operations_total`,
    help: 'Operations of the ledger of paid writes, by outcome.',
    labelNames: ['operation', 'outcome'],
    registers,
  });
  const duration = new Histogram({
    name: `${NAMESPACE}_ledger_operation_duration_seconds`,
    help: 'Duration of an operation of the ledger, including the wait for its file or its Redis.',
    labelNames: ['operation'],
    buckets: SECONDS,
    registers,
  });
  for (const operation of LEDGER_ACTS) operations.inc({ operation, outcome: 'failed' }, 0);
  return ({ act: operation, ms, error }) => {
    operations.inc({ operation, outcome: error === undefined ? 'done' : 'failed' });
    duration.observe({ operation }, ms / 1000);
  };
}

function redisMetrics(registry: Registry): Observer['onRedis'] {
  const registers = [registry];
  const commands = new Counter({
    name: `${NAMESPACE}_redis_commands_total`,
    help: 'Commands for Redis: done, refused by Redis itself, or failed (not sent, or not answered).',
    labelNames: ['command', 'outcome'],
    registers,
  });
  const duration = new Histogram({
    name: `${NAMESPACE}_redis_command_duration_seconds`,
    help: 'Duration of a command for Redis, until it was answered or given up.',
    labelNames: ['command'],
    buckets: SECONDS,
    registers,
  });
  const connected = new Gauge({
    name: `${NAMESPACE}_redis_connected`,
    help: '1 while commands reach Redis.',
    labelNames: ['connection'],
    registers,
  });
  const reconnects = new Counter({
    name: `${NAMESPACE}_redis_reconnects_total`,
    help: 'Reconnects after a lost connection.',
    labelNames: ['connection'],
    registers,
  });
  return (news) => {
    if (news.kind === 'command') {
      const { command, outcome, ms } = news;
      commands.inc({ command, outcome });
      return duration.observe({ command }, ms / 1000);
    }
    const { connection, isThere, isAgain } = news;
    connected.set({ connection }, isThere ? 1 : 0);
    reconnects.inc({ connection }, isAgain ? 1 : 0);
  };
}
