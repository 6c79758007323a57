/** Runs the process: reads the environment, starts the emulator if no upstream is configured, and listens. */
import type { Server, ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { accessWarnings } from '../auth/access-settings.ts';
import { createCallers } from '../auth/callers.ts';
import { watchSecretFiles } from '../auth/secret-files.ts';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { Load, loadLimits } from '../http/load.ts';
import { createNewKeyLimit } from '../http/new-key-limit.ts';
import type { CommonCounts } from '../http/rate-limits.ts';
import { serverOf } from '../http/server-of.ts';
import { Jobs } from '../jobs/jobs.ts';
import { createLog, standardOutput } from '../observe/log.ts';
import { errorForLog } from '../observe/log-errors.ts';
import { withoutKeys } from '../observe/secrets.ts';
import { startWatching } from '../observe/start.ts';
import { VERSION } from '../observe/version.ts';
import type { Ledger } from '../paid/ledger/ledger.ts';
import { openLedger, openRedis } from '../paid/ledger/open.ts';
import { createGateway } from '../server.ts';
import { createUpstream } from '../upstream/client.ts';
import { countDrift } from '../upstream/contract/drift.ts';
import { maxDescriptors } from './descriptors.ts';
import { greeting, sayReady } from './greeting.ts';
import { answersDue, type Shutdown, shutDown, warnOfShortEnd } from './shutdown.ts';

async function main() {
  // At a terminal nothing stands in front of the process, and the user waits for its end.
  const isTerminal = process.stdout.isTTY;
  const config = readConfig({ ...(isTerminal && { SHUTDOWN_DELAY: '0' }), ...process.env });
  const log = createLog(config.logLevel, standardOutput());
  log.info({ version: VERSION, node: process.version }, 'starting');
  warnOfShortEnd(config, log);
  for (const warning of accessWarnings(config)) log.warn(warning);
  const server = await serve(config, log, await start(config, log));
  logDefects(log);
  // Logged last: a reader may send a signal at once.
  sayReady(log, config, server.address() as AddressInfo);
  if (isTerminal) console.log(greeting(config, server.address() as AddressInfo));
}

/** Starts everything that the gateway depends on. */
async function start(config: Config, log: Logger) {
  // Called before there are connections, because the system would resolve their host names for this report.
  const load = new Load(loadLimits(config.maxStreams, maxDescriptors()));
  const emulator = config.baseUrl ? undefined : await startEmbedded(log);
  const drift = countDrift((note) => log.warn(note, 'Astria departs from its contract'));
  let ledger: Ledger | undefined;
  let jobs: Jobs | undefined;
  const watching = await startWatching(config, log, {
    breaker: () => upstream.health().breaker,
    drift: drift.counts,
    ledgerWaits: () => ledger?.waits ?? 0,
    load,
    webhooks: () => jobs?.webhookBacklog ?? { waiting: 0, undelivered: 0, oldestAt: undefined },
    jobs: () => ({ streams: jobs?.seats.taken ?? 0, watched: jobs?.watched ?? 0 }),
  });
  const { watch } = watching;
  const redis = await openRedis(config, watch?.onRedis);
  const callers = createCallers(config, {
    onTrouble: (error) => log.warn({ err: error }, 'the keys of JWT_JWKS_URL cannot be had'),
    onRecovery: (failures) => log.warn({ failures }, 'the keys of JWT_JWKS_URL can be had again'),
  });
  const upstream = createUpstream({
    baseUrl: config.baseUrl ?? (emulator?.url as string),
    timeoutMs: config.upstreamTimeoutMs,
    retries: config.upstreamRetries,
    breaker: config.hasBreaker && {
      onChange: (breaker) => log.warn({ breaker }, 'the circuit breaker before Astria'),
    },
    commonOwner: callers.commonOwner,
    drift,
    onCall: watch?.onCall,
  });
  ledger = await openLedger(config, redis, upstream.clock);
  for (const warning of ledger.warnings) log.warn(warning);
  const deps = {
    ...{ config, upstream, callers, ledger, redis, log, load, watch },
    shutdown: { isStopping: false },
    media: emulator,
    rateLimits: await startRateLimits(config, { redis, log }),
    spendAsNew: createNewKeyLimit(config.newKeyRateLimit),
    now: Date.now,
  };
  jobs = new Jobs(deps);
  return { ...deps, jobs, watching };
}

/** Listens until a signal comes. */
async function serve(config: Config, log: Logger, started: Awaited<ReturnType<typeof start>>) {
  const { callers, jobs, load, media: emulator, redis, shutdown, upstream, ledger } = started;
  const gateway = createGateway(started);
  const onChange = () => jobs.seats.sendAway();
  const stopLooking = watchSecretFiles(config, { callers, log, onChange });
  const server = serverOf(gateway, timeoutsOf(config));
  server.on('connection', load.connections.add);
  const due = answersDue(server);
  await listen(server, config);
  const { shutdownDelayMs: delayMs, shutdownTimeoutMs: timeoutMs } = config;
  const endWaiting = () => {
    jobs.stop();
    gateway.sockets.close();
  };
  const cutOff = () => load.connections.cutOff();
  const close = async () => {
    stopLooking();
    const closing = [upstream.close(), emulator?.close(), started.watching.close(), ledger.close()];
    await Promise.all(closing);
    redis?.disconnect();
  };
  stopOnSignal(shutdown, log, (signal) =>
    shutDown(server, { signal, due, log, delayMs, timeoutMs, endWaiting, cutOff, close }),
  );
  return server;
}

/** Logs failures that nobody caught. */
function logDefects(log: Logger) {
  // graphql-js leaves a rejection unhandled if a list fails twice. That must not end the process.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'an unhandled rejection'));
  // Node would print all properties of the error, such as an answer of Astria's.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an uncaught exception');
    process.exit(1);
  });
}

/** Connections are kept longer than proxies keep them, so that this side never closes one under a request. */
const timeoutsOf = ({ keepAliveTimeoutMs: keepAliveTimeout }: Config): ServerOptions => ({
  keepAliveTimeout,
  // A proxy may open a connection in advance, so a new one may be idle as long as any other.
  headersTimeout: keepAliveTimeout + 1000,
  requestTimeout: LONGEST_UPLOAD_MS,
});

/** Node's default of 5 minutes is too short for large files on a slow line. */
const LONGEST_UPLOAD_MS = 30 * 60_000;
/** npm passes on a signal that the terminal has sent to both processes. */
const SAME_SIGNAL_MS = 100;

/** Stops the process on the first signal, and ends it at once on the second. */
function stopOnSignal(
  shutdown: Shutdown,
  log: Logger,
  stop: (signal: NodeJS.Signals) => Promise<0 | 1>,
) {
  let firstMs = 0;
  const onSignal = (signal: NodeJS.Signals) => {
    if (!shutdown.isStopping) {
      shutdown.isStopping = true;
      firstMs = performance.now();
      void stop(signal).then((code) => process.exit(code));
    } else if (performance.now() - firstMs > SAME_SIGNAL_MS) {
      log.warn({ signal }, 'stopped at once, by a second signal');
      process.exit(1);
    }
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
}

async function startRateLimits({ rateLimit }: Config, common: CommonCounts) {
  if (!rateLimit) return undefined;
  const { createRateLimits } = await import('../http/rate-limits.ts');
  return createRateLimits(rateLimit, common);
}

async function startEmbedded(log: Logger) {
  const { startEmulator } = await import('../emulator/serve.ts');
  return startEmulator({ report: (line) => log.warn(line) });
}

const listen = (server: Server, { port, host }: Config) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });

/** Prints an error without keys. A key may have been put into the wrong variable. */
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
  // Ends explicitly, because the emulator may already be listening.
  process.exit(1);
});
