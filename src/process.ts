/** The process: reads the environment, starts the emulator where no upstream is configured, and listens. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCallers } from './callers.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { greeting } from './greeting.ts';
import { Jobs } from './jobs/jobs.ts';
import { openLedger, openRedis } from './ledger/open.ts';
import { createLog, standardOutput } from './log.ts';
import { errorForLog } from './log-errors.ts';
import type { Redis } from './redis.ts';
import { withoutKeys } from './secrets.ts';
import { createGateway } from './server.ts';
import { answersDue, type Shutdown, shutDown, warnOfShortEnd } from './shutdown.ts';
import { createUpstream } from './upstream/client.ts';
import { countDrift } from './upstream/contract/drift.ts';
import { startWatching } from './watch/start.ts';

async function main() {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel, standardOutput());
  warnOfShortEnd(config, log);
  const redis = await openRedis(config);
  const emulator = config.baseUrl ? undefined : await startEmbedded();
  const drift = countDrift((note) => log.warn(note, 'Astria departs from its contract'));
  const breaker = () => upstream.health().breaker;
  const watching = await startWatching(config, log, {
    breaker,
    drift: drift.counts,
    ledgerWaits: () => ledger.waits,
    jobs: () => ({ streams: jobs.seats.taken, watched: jobs.watched }),
  });
  const upstream = createUpstream({
    baseUrl: config.baseUrl ?? (emulator?.url as string),
    timeoutMs: config.upstreamTimeoutMs,
    retries: config.upstreamRetries,
    breaker: config.hasBreaker && {
      onChange: (breaker) => log.warn({ breaker }, 'the circuit breaker before Astria'),
    },
    heldToken: config.credential.token,
    drift,
    onCall: watching.watch?.onCall,
  });
  const ledger = await openLedger(config, redis, upstream.clock);
  for (const warning of ledger.warnings) log.warn(warning);
  const shutdown = { isStopping: false };
  const callers = createCallers(config, {
    onTrouble: (error) => log.warn({ err: error }, 'the keys of JWT_JWKS_URL cannot be had'),
  });
  const deps = {
    ...{ config, upstream, callers, ledger, redis, log, shutdown },
    watch: watching.watch,
    rateLimits: await startRateLimits(config, redis),
    now: Date.now,
  };
  const jobs = new Jobs(deps);
  const gateway = createGateway({ ...deps, jobs });
  const server = createServer({ requestTimeout: LONGEST_UPLOAD_MS }, gateway);
  const due = answersDue(server);
  await listen(server, config);
  const close = async () => {
    await Promise.all([upstream.close(), emulator?.close(), watching.close(), ledger.close()]);
    redis?.disconnect();
  };
  const { shutdownTimeoutMs: timeoutMs } = config;
  stopOnSignal(shutdown, () => {
    jobs.stop();
    return shutDown(server, { due, log, timeoutMs, close });
  });
  // graphql-js leaves some behind where a list fails twice over: no reason to let everybody else down.
  process.on('unhandledRejection', (error) =>
    log.error({ err: error }, 'a failure nobody waited for'),
  );
  // Node would print all that hangs on the error, such as an answer of Astria's.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'a defect that nobody caught');
    process.exit(1);
  });
  // Last: whoever has read it may send a signal at once.
  console.log(greeting(config, server.address() as AddressInfo));
}

/** Node would cut a request off after 5 minutes: too soon for large files on a slow line. */
const LONGEST_UPLOAD_MS = 30 * 60_000;
/** npm passes on a signal that the terminal has sent to both. */
const SAME_SIGNAL_MS = 100;

/** The second signal ends the process at once. */
function stopOnSignal(shutdown: Shutdown, stop: () => Promise<0 | 1>) {
  let firstMs = 0;
  const onSignal = () => {
    if (!shutdown.isStopping) {
      shutdown.isStopping = true;
      firstMs = performance.now();
      void stop().then((code) => process.exit(code));
    } else if (performance.now() - firstMs > SAME_SIGNAL_MS) process.exit(1);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
}

async function startRateLimits({ rateLimit }: Config, redis: Redis | undefined) {
  if (!rateLimit) return undefined;
  const { createRateLimits } = await import('./http/rate-limits.ts');
  return createRateLimits(rateLimit, redis);
}

async function startEmbedded() {
  const { startEmulator } = await import('./emulator/serve.ts');
  return startEmulator();
}

const listen = (server: Server, { port, host }: Config) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });

/** A key may have been put where it does not belong. */
const complain = (text = '') => console.error(withoutKeys(text));

main().catch((error: NodeJS.ErrnoException) => {
  const { PORT = 4000, HOST } = process.env;
  if (error instanceof ConfigError) complain(`The environment has faults:\n${error.message}`);
  else if (error.code === 'EADDRINUSE') {
    complain(`Port ${PORT} is taken: stop what listens there, or set PORT to another.`);
  } else if (error.syscall === 'listen' || error.syscall === 'getaddrinfo') {
    complain(
      `HOST ${HOST} cannot be listened on (${error.code}): give an address of this machine.`,
    );
  } else complain(errorForLog(error).stack);
  // Not by running out of work: the emulator may be listening already.
  process.exit(1);
});
