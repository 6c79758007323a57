import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { OnCall } from '../upstream/call-watch.ts';
import type { DriftCount } from '../upstream/contract/drift.ts';
import { BREAKER_STATES, type BreakerState } from '../upstream/transport/breaker.ts';
import { VERSION } from './version.ts';
import type { Watcher } from './watch.ts';

/** What is looked at when metrics are asked for. */
export interface Sources {
  breaker(): BreakerState;
  /** By method, route and field. */
  drift(): readonly DriftCount[];
  /** How often the ledger found its file taken. */
  ledgerWaits(): number;
  load: LoadSource;
  /** How many wait for jobs, and for how many. */
  jobs(): { streams: number; watched: number };
}

interface LoadSource {
  running: number;
  waiting: number;
  unsent: { bytes: number };
  connections: { open: number };
  /** By `limit.name` of the refusal. */
  refused: Readonly<Record<string, number>>;
}

const SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

const NAMESPACE = 'astria_graphql';

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
  const watcher: Watcher = {
    ...operationMetrics(registry),
    onCall: callMetrics(registry),
    onLedger: ledgerMetrics(registry),
    onJobs: jobsMetrics(registry),
  };
  return { registry, watcher };
}

export type Metrics = ReturnType<typeof createMetrics>;

function operationMetrics(registry: Registry): Watcher {
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

function ledgerMetrics(registry: Registry): Watcher['onLedger'] {
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

function jobsMetrics(registry: Registry): Watcher['onJobs'] {
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
    help: 'Callbacks of Astria: woken, forgotten (nobody waits for it), unreadable, or refused (nobody has signed the address).',
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

function watchSources(registry: Registry, { breaker, drift, ledgerWaits, jobs }: Sources) {
  const registers = [registry];
  new Gauge({
    name: `${NAMESPACE}_upstream_breaker`,
    help: '1 for the state that the circuit breaker is in.',
    labelNames: ['state'],
    registers,
    collect() {
      const now = breaker();
      for (const state of BREAKER_STATES) this.set({ state }, state === now ? 1 : 0);
    },
  });
  new Gauge({
    name: `${NAMESPACE}_streams`,
    help: 'Streams that are open, and operations that wait.',
    registers,
    collect() {
      this.set(jobs().streams);
    },
  });
  new Gauge({
    name: `${NAMESPACE}_jobs_watched`,
    help: 'Jobs that are looked at for those who wait.',
    registers,
    collect() {
      this.set(jobs().watched);
    },
  });
  new Counter({
    name: `${NAMESPACE}_ledger_waits_total`,
    help: 'How often the file of the ledger was found taken by another process, and asked for again.',
    registers,
    collect() {
      this.reset();
      this.inc(ledgerWaits());
    },
  });
  new Gauge({
    name: `${NAMESPACE}_drift_total`,
    help: 'Departures of Astria from its contract, by route and field.',
    labelNames: ['method', 'route', 'field', 'kind'],
    registers,
    collect() {
      for (const { count, ...labels } of drift()) this.set({ ...labels }, count);
    },
  });
}

function watchLoad(registry: Registry, load: LoadSource) {
  const registers = [registry];
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      ...{ name: `${NAMESPACE}_${name}`, help, registers },
      collect() {
        this.set(value());
      },
    });
  gauge('requests_running', 'Requests whose operations are run.', () => load.running);
  gauge('requests_waiting', 'Requests that wait until theirs are.', () => load.waiting);
  gauge('unsent_bytes', 'Of answers that clients have not taken.', () => load.unsent.bytes);
  gauge('connections', 'Connections of clients.', () => load.connections.open);
  new Counter({
    name: `${NAMESPACE}_requests_refused_total`,
    help: 'Requests refused as OVERLOADED, by the limit they met.',
    labelNames: ['limit'],
    registers,
    collect() {
      this.reset();
      for (const [limit, count] of Object.entries(load.refused)) this.inc({ limit }, count);
    },
  });
}
