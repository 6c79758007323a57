import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger as PinoLogger } from 'pino';
import { accessWarnings } from '../auth/access-settings.ts';
import { watchSecretFiles } from '../auth/secret-files.ts';
import { type Config, ConfigError } from '../config.ts';
import { sendJson } from '../http/answer.ts';
import { endSoon } from '../http/body.ts';
import { Load, loadLimits } from '../http/load.ts';
import { serverOf } from '../http/server-of.ts';
import { startWatchingEmbedded } from '../observe/start.ts';
import { startServices } from '../process/services.ts';
import { createGateway as createParts } from '../server.ts';
import { type ClientInfo, createFetch } from './fetch.ts';
import { isLogger, type Logger, logTo, NO_LOGGER } from './log.ts';
import { configOf, type GatewaySettings, inOptions } from './options.ts';

export type GatewayOptions = GatewaySettings & {
  /** Takes what the gateway logs, from `logLevel` on. Nothing is logged if it is left out. */
  logger?: Logger | undefined;
};

/** A gateway within a program. Its functions may be passed on without it. */
export interface Gateway {
  /**
   * Answers a request of the Fetch API, such as a route handler gets. The path must end with `/graphql`, or with `/mcp` or
   * `/subgraph` if these are on. Give it the request with its body unread, and the address of the client if you know it: clients
   * without a key of their own are counted by it.
   */
  fetch(request: Request, info?: ClientInfo): Promise<Response>;
  /** Answers a request of Node's HTTP server. The path is as for `fetch`, and the body unread. */
  listener(request: IncomingMessage, response: ServerResponse): void;
  /** Takes WebSockets: the listener of the event `upgrade` of Node's HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Returns the metrics of this gateway in the text format of Prometheus. Rejects if `metrics` is not set. */
  metrics(): Promise<string>;
  /**
   * Refuses new requests, ends subscriptions so that their clients come back, waits until all else is answered, for at most
   * `shutdownTimeout` seconds, and closes what the gateway has opened. Call it after your server takes no more connections.
   */
  close(): Promise<void>;
}

/**
 * Creates a gateway within this program. It reads no environment, handles no signals, and prints nothing. Rejects with a
 * `ConfigError` that names each option with a fault, and with one if the ledger cannot be opened or Redis refuses. A Redis
 * that is away is connected to when it is there.
 */
export async function createGateway(options: GatewayOptions = {}): Promise<Gateway> {
  const { logger, ...settings } = options;
  const config = configOf(settings);
  if (logger && !isLogger(logger)) throw new ConfigError(NO_LOGGER);
  const log = logTo(logger, config.logLevel);
  for (const warning of accessWarnings(config)) log.warn(inOptions(warning));
  try {
    return await start(config, log);
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(inOptions(error.message)) : error;
  }
}

async function start(config: Config, log: PinoLogger): Promise<Gateway> {
  let readMetrics: (() => Promise<string>) | undefined;
  const services = await startServices(config, {
    log,
    // The program's own server counts its connections, and knows how many it may have.
    load: new Load(loadLimits(config.maxStreams)),
    baseUrl: config.baseUrl as string,
    async observe(sources) {
      const watching = await startWatchingEmbedded(config, log, sources);
      readMetrics = watching.readMetrics;
      return watching;
    },
  });
  const { callers, jobs, shutdown } = services.deps;
  const { sockets, connections, listener: handle } = await partsOf(services);
  const onChange = () => jobs.keysChanged();
  const stopLooking = watchSecretFiles(config, { callers, log, onChange });
  const due = new Set<ServerResponse>();
  let closing: Promise<void> | undefined;

  function listener(request: IncomingMessage, response: ServerResponse) {
    if (shutdown.isStopping) return refuse(request, response, CLOSED);
    if (request.method === 'POST' && request.readableDidRead) {
      return refuse(request, response, BODY_READ);
    }
    due.add(response);
    response.once('close', () => due.delete(response));
    handle(request, response);
  }

  async function end() {
    shutdown.isStopping = true;
    stopLooking();
    jobs.stop();
    sockets.close();
    await answered(due, config.shutdownTimeoutMs);
    for (const response of due) response.destroy();
    await services.close();
  }

  return {
    fetch: createFetch(serverOf({ listener, sockets, connections })),
    listener,
    upgrade: sockets.upgrade,
    async metrics() {
      if (!readMetrics) throw new Error('Metrics are off: create the gateway with metrics: true.');
      return readMetrics();
    },
    close() {
      closing ??= end();
      return closing;
    },
  };
}

/** Creates the parts of the gateway. Closes the services if a trusted document has a fault. */
async function partsOf({ deps, close }: Awaited<ReturnType<typeof startServices>>) {
  try {
    return createParts(deps);
  } catch (error) {
    deps.jobs.stop();
    await close();
    throw error;
  }
}

/** Waits until the responses are sent. */
async function answered(due: ReadonlySet<ServerResponse>, timeoutMs: number) {
  const all = [...due].map((response) => new Promise((resolve) => response.once('close', resolve)));
  await Promise.race([Promise.all(all), sleep(timeoutMs, undefined, { ref: false })]);
}

const CLOSED = {
  status: 503,
  code: 'OVERLOADED',
  message: 'This gateway is about to stop, and takes no more requests: ask again.',
};

const BODY_READ = {
  status: 500,
  code: 'INTERNAL',
  message:
    'The body of the request was read before it came to the gateway: call its `listener` before any parser of bodies.',
};

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, code, message }: typeof CLOSED,
) {
  endSoon(request, response);
  sendJson(response, status, { errors: [{ message, extensions: { code } }] });
}
