/** What is looked at when metrics are asked for. */
import { Counter, Gauge, type Registry } from 'prom-client';
import type { DriftCount } from '../upstream/contract/drift.ts';
import { BREAKER_STATES, type BreakerState } from '../upstream/transport/breaker.ts';

export const NAMESPACE = 'astria_graphql';

export interface Sources {
  breaker(): BreakerState;
  /** By method, route and field. */
  drift(): readonly DriftCount[];
  /** How often the ledger found its file taken. */
  ledgerWaits(): number;
  load: LoadSource;
  /** How many wait for jobs, and for how many. */
  jobs(): { streams: number; watched: number };
  /** What the process that delivers messages of webhooks still has to do. The others have nothing to do. */
  webhooks(): WebhookBacklog;
}

interface WebhookBacklog {
  /** Jobs that are not done. */
  waiting: number;
  undelivered: number;
  /** Epoch milliseconds of the end of the job whose message waits longest. */
  oldestAt: number | undefined;
}

interface LoadSource {
  running: number;
  waiting: number;
  unsent: { bytes: number };
  bodies: { bytes: number };
  connections: { open: number };
  /** By `limit.name` of the refusal. */
  refused: Readonly<Record<string, number>>;
}

export function watchSources(registry: Registry, { breaker, drift, ledgerWaits, jobs }: Sources) {
  const registers = [registry];
  new Gauge({
    name: `${NAMESPACE}_upstream_breaker`,
    help: '1 for the current state of the circuit breaker.',
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
    help: 'Jobs that are waited for in this process, or polled for others.',
    registers,
    collect() {
      this.set(jobs().watched);
    },
  });
  new Counter({
    name: `${NAMESPACE}_ledger_waits_total`,
    help: 'How often the file of the ledger was locked by another process, so that the ledger had to retry.',
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

/** `now` returns epoch milliseconds. */
export function watchWebhooks(registry: Registry, backlog: () => WebhookBacklog, now = Date.now) {
  const registers = [registry];
  new Gauge({
    name: `${NAMESPACE}_webhook_jobs_waiting`,
    help: 'Jobs that are not done, and whose end a webhook is told.',
    registers,
    collect() {
      this.set(backlog().waiting);
    },
  });
  new Gauge({
    name: `${NAMESPACE}_webhook_messages_pending`,
    help: 'Messages of webhooks that are not delivered yet.',
    registers,
    collect() {
      this.set(backlog().undelivered);
    },
  });
  new Gauge({
    name: `${NAMESPACE}_webhook_oldest_message_seconds`,
    help: 'Age of the oldest message of a webhook that is not delivered yet, or 0.',
    registers,
    collect() {
      const { oldestAt } = backlog();
      this.set(oldestAt === undefined ? 0 : Math.max(0, now() - oldestAt) / 1000);
    },
  });
}

export function watchLoad(registry: Registry, load: LoadSource) {
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
  gauge(
    'held_body_bytes',
    'Of requests that are not answered yet, beyond 16 kB each.',
    () => load.bodies.bytes,
  );
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
