/** Everything that a gateway depends on, for the process and for a program that embeds it. */
import type { Logger } from 'pino';
import { createCallers } from '../auth/callers.ts';
import type { Config } from '../config.ts';
import type { Load } from '../http/load.ts';
import { createNewKeyLimit } from '../http/new-key-limit.ts';
import type { CommonCounts } from '../http/rate-limits.ts';
import { Jobs } from '../jobs/jobs.ts';
import type { Sources } from '../observe/metrics-sources.ts';
import type { Watching } from '../observe/start.ts';
import type { Ledger } from '../paid/ledger/ledger.ts';
import { openLedger, openRedis } from '../paid/ledger/open.ts';
import { createUpstream } from '../upstream/client.ts';
import { countDrift } from '../upstream/contract/drift.ts';

interface Starting {
  log: Logger;
  load: Load;
  /** The address of Astria. */
  baseUrl: string;
  /** Starts the observers. */
  observe(sources: Sources): Promise<Watching>;
}

/** Starts everything that the gateway depends on. What has been started is closed again if something fails. */
export async function startServices(config: Config, starting: Starting) {
  const { log, load, baseUrl } = starting;
  const drift = countDrift((note) => log.warn(note, 'Astria departs from its contract'));
  let ledger: Ledger | undefined;
  let jobs: Jobs | undefined;
  const watching = await starting.observe({
    breaker: () => upstream.health().breaker,
    drift: drift.counts,
    ledgerWaits: () => ledger?.waits ?? 0,
    load,
    webhooks: () => jobs?.webhookBacklog ?? { waiting: 0, undelivered: 0, oldestAt: undefined },
    jobs: () => ({ streams: jobs?.seats.taken ?? 0, watched: jobs?.watched ?? 0 }),
  });
  const { watch } = watching;
  const callers = createCallers(config, {
    onTrouble: (error) => log.warn({ err: error }, 'the keys of JWT_JWKS_URL cannot be had'),
    onRecovery: (failures) => log.warn({ failures }, 'the keys of JWT_JWKS_URL can be had again'),
  });
  const upstream = createUpstream({
    baseUrl,
    timeoutMs: config.upstreamTimeoutMs,
    retries: config.upstreamRetries,
    breaker: config.hasBreaker && {
      onChange: (breaker) => log.warn({ breaker }, 'the circuit breaker before Astria'),
    },
    commonOwner: callers.commonOwner,
    drift,
    onCall: watch?.onCall,
  });
  const redis = await openRedis(config, {
    onNews: watch?.onRedis,
    onAway: (err) =>
      log.error({ err }, 'Redis is away at the start: paid writes are refused until it is there'),
  }).catch(closing(watching, upstream));
  const disconnect = { close: async () => redis?.disconnect() };
  ledger = await openLedger(config, redis, upstream.clock, (warning) => log.warn(warning)).catch(
    closing(watching, upstream, disconnect),
  );
  const deps = {
    ...{ config, upstream, callers, ledger, redis, log, load, watch },
    shutdown: { isStopping: false },
    rateLimits: await startRateLimits(config, { redis, log }),
    spendAsNew: createNewKeyLimit(config.newKeyRateLimit),
    now: Date.now,
  };
  jobs = new Jobs(deps);
  const close = async () => {
    await jobs?.settled();
    await closeAll(upstream, watching, deps.ledger);
    redis?.disconnect();
  };
  return { deps: { ...deps, jobs }, close };
}

interface Closable {
  close(): Promise<unknown>;
}

const closeAll = (...parts: Closable[]) => Promise.all(parts.map((part) => part.close()));

/** Closes what has been started, and fails with the error. */
const closing =
  (...parts: Closable[]) =>
  async (error: unknown): Promise<never> => {
    await closeAll(...parts);
    throw error;
  };

async function startRateLimits({ rateLimit }: Config, common: CommonCounts) {
  if (!rateLimit) return undefined;
  const { createRateLimits } = await import('../http/rate-limits.ts');
  return createRateLimits(rateLimit, common);
}
