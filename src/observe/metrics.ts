import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { OnCall } from '../upstream/call-watch.ts';
import { NAMESPACE, type Sources, watchLoad, watchSources } from './metrics-sources.ts';
import { VERSION } from './version.ts';
import type { Observer } from './watch.ts';

const SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Every label is of a closed set: names, hashes and callers are for others to choose, and would be without end. */
export function createMetrics(sources: Sources) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: `${NAMESPACE}_build_info`,
    help: 'Always 1. Which version runs is its label.',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version: VERSION }, 1);
  watchSources(registry, sources);
  watchLoad(registry, sources.load);
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

function operationMetrics(registry: Registry): Observer {
  const registers = [registry];
  const operations = new Counter({
    name: `${NAMESPACE}_operations_total`,
    help: 'Operations that were run or refused, by the code of their first error, or OK.',
    labelNames: ['kind', 'code'],
    registers,
  });
  const duration = new Histogram({
    name: `${NAMESPACE}_operation_duration_seconds`,
    help: 'From when it was asked for, its body read, to the answer.',
    labelNames: ['kind'],
    buckets: SECONDS,
    registers,
  });
  const joined = new Counter({
    name: `${NAMESPACE}_requests_shared_total`,
    help: 'Requests that were answered by what was run for another.',
    registers,
  });
  const reads = new Counter({
    name: `${NAMESPACE}_upstream_reads_saved_total`,
    help: 'Reads that joined one under way (shared), or whose answer was known already (revalidated).',
    labelNames: ['how'],
    registers,
  });
  const unplanned = new Counter({
    name: `${NAMESPACE}_queries_unplanned_total`,
    help: 'Queries that graphql-js runs, because they cannot be planned, by why; each document once for each form of it.',
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
    help: 'Calls to Astria, by the status of the last answer; where there was none, by why.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const retries = new Counter({
    name: `${NAMESPACE}_upstream_retries_total`,
    help: 'How often a call was sent again.',
    labelNames: ['method', 'route'],
    registers,
  });
  const duration = new Histogram({
    name: `${NAMESPACE}_upstream_call_duration_seconds`,
    help: 'Of a call to Astria, all its tries taken together.',
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
    help: 'What the ledger of paid writes was asked for, by whether it was done.',
    labelNames: ['operation', 'outcome'],
    registers,
  });
  const duration = new Histogram({
    name: `${NAMESPACE}_ledger_operation_duration_seconds`,
    help: 'Of what the ledger was asked for, waiting for its file or its Redis included.',
    labelNames: ['operation'],
    buckets: SECONDS,
    registers,
  });
  return ({ act: operation, ms, error }) => {
    operations.inc({ operation, outcome: error === undefined ? 'done' : 'failed' });
    duration.observe({ operation }, ms / 1000);
  };
}

function jobsMetrics(registry: Registry): Observer['onJobs'] {
  const registers = [registry];
  const looks = new Counter({
    name: `${NAMESPACE}_jobs_looks_total`,
    help: 'How often jobs were looked at for those who wait for them.',
    registers,
  });
  const ids = new Counter({
    name: `${NAMESPACE}_jobs_looked_at_total`,
    help: 'Jobs that were looked at, each time counted.',
    registers,
  });
  const calls = new Counter({
    name: `${NAMESPACE}_jobs_calls_total`,
    help: 'Calls to Astria that these looks took.',
    registers,
  });
  const lag = new Histogram({
    name: `${NAMESPACE}_jobs_lag_seconds`,
    help: 'From when a job was done, as Astria says, to when it was seen here.',
    buckets: SECONDS,
    registers,
  });
  const spent = new Counter({
    name: `${NAMESPACE}_spent_milli_cents_total`,
    help: 'What this process has learned to have been spent, by the budget it counts for: gateway, the key of a name, or tokens.',
    labelNames: ['budget'],
    registers,
  });
  const callbacks = new Counter({
    name: `${NAMESPACE}_callbacks_total`,
    help: 'Callbacks of Astria: woken, passed (to other processes, as nobody waits here), forgotten (nobody waits for it), unreadable, or refused (nobody has signed the address).',
    labelNames: ['outcome'],
    registers,
  });
  return (news) => {
    if (news.kind === 'callback') return callbacks.inc({ outcome: news.outcome });
    if (news.kind === 'settled') {
      for (const budget of news.budgets) spent.inc({ budget }, news.spentMc);
      return;
    }
    if (news.kind === 'ended') return lag.observe(news.lagMs / 1000);
    looks.inc();
    ids.inc(news.ids);
    calls.inc(news.calls);
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
    help: 'Of a command for Redis, until it was answered or given up.',
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
    help: 'How often a connection that was lost was there again.',
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
