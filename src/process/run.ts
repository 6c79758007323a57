/** Runs the process: reads the environment, starts the emulator if no upstream is configured, and listens. */
import type { Server, ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { accessWarnings } from '../auth/access-settings.ts';
import { watchSecretFiles } from '../auth/secret-files.ts';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { Load, loadLimits } from '../http/load.ts';
import { serverOf } from '../http/server-of.ts';
import { createLog, standardOutput } from '../observe/log.ts';
import { errorForLog } from '../observe/log-errors.ts';
import { withoutKeys } from '../observe/secrets.ts';
import { startWatching } from '../observe/start.ts';
import { VERSION } from '../observe/version.ts';
import { createGateway } from '../server.ts';
import { maxDescriptors } from './descriptors.ts';
import { greeting, sayReady } from './greeting.ts';
import { startServices } from './services.ts';
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

/** Starts everything that the gateway depends on, and the emulator if there is no other Astria. */
async function start(config: Config, log: Logger) {
  // Called before there are connections, because the system would resolve their host names for this report.
  const load = new Load(loadLimits(config.maxStreams, maxDescriptors()));
  const emulator = config.baseUrl ? undefined : await startEmbedded(log);
  const { deps, close } = await startServices(config, {
    ...{ log, load },
    baseUrl: config.baseUrl ?? (emulator?.url as string),
    observe: (sources) => startWatching(config, log, sources),
  });
  return { ...deps, media: emulator, close: () => Promise.all([close(), emulator?.close()]) };
}

/** Listens until a signal comes. */
async function serve(config: Config, log: Logger, started: Awaited<ReturnType<typeof start>>) {
  const { callers, jobs, load, shutdown } = started;
  const gateway = createGateway(started);
  const onChange = () => jobs.keysChanged();
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
    await started.close();
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

/** Starts the gateway. Ends the process with 1 if that fails. */
export const run = () => main().catch(end);

function end(error: NodeJS.ErrnoException) {
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
}
