/** Metrics of jobs: polls, callbacks, webhooks, and what was spent. */
import { Counter, Histogram, type Registry } from 'prom-client';
import { NAMESPACE } from './metrics-sources.ts';
import { CALLBACK_OUTCOMES, type Observer, type WebhookOutcome } from './watch.ts';

/** The buckets of durations. */
export const SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function jobsMetrics(registry: Registry): Observer['onJobs'] {
  const registers = [registry];
  const looks = new Counter({
    name: `${NAMESPACE}_jobs_looks_total`,
    help: 'Polls of jobs.',
    registers,
  });
  const ids = new Counter({
    name: `${NAMESPACE}_jobs_looked_at_total`,
    help: 'Jobs in all polls together.',
    registers,
  });
  const calls = new Counter({
    name: `${NAMESPACE}_jobs_calls_total`,
    help: 'Calls to Astria for polls.',
    registers,
  });
  const lag = new Histogram({
    name: `${NAMESPACE}_jobs_lag_seconds`,
    help: 'Time from the end of a job, as Astria reports it, until it was seen here.',
    buckets: SECONDS,
    registers,
  });
  const spent = new Counter({
    name: `${NAMESPACE}_spent_milli_cents_total`,
    help: 'What was spent, as this process has learned it, by budget: gateway, a key by its name, or tokens.',
    labelNames: ['budget'],
    registers,
  });
  const callbacks = new Counter({
    name: `${NAMESPACE}_callbacks_total`,
    help: 'Callbacks of Astria: woken, passed (to other processes, as nobody waits here), forgotten (nobody waits for it), unreadable, or refused (the address is not signed by this gateway).',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of CALLBACK_OUTCOMES) callbacks.inc({ outcome }, 0);
  const webhooks = webhookMetrics(registry);
  return (news) => {
    if (news.kind === 'callback') return callbacks.inc({ outcome: news.outcome });
    if (news.kind === 'settled') {
      for (const budget of news.budgets) spent.inc({ budget }, news.spentMc);
      return;
    }
    if (news.kind === 'webhook') return webhooks(news.outcome);
    if (news.kind === 'ended') return lag.observe(news.lagMs / 1000);
    looks.inc();
    ids.inc(news.ids);
    calls.inc(news.calls);
  };
}

function webhookMetrics(registry: Registry): (outcome: WebhookOutcome) => void {
  const registers = [registry];
  const attempts = new Counter({
    name: `${NAMESPACE}_webhook_attempts_total`,
    help: 'Attempts to deliver a message of a webhook: delivered, or failed.',
    labelNames: ['outcome'],
    registers,
  });
  const dead = new Counter({
    name: `${NAMESPACE}_webhook_dead_letters_total`,
    help: 'Messages of webhooks that were given up after their last attempt.',
    registers,
  });
  return (outcome) => (outcome === 'dead' ? dead.inc() : attempts.inc({ outcome }));
}
