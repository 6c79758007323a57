/**
 * The end of the process. First it is not ready but serves as before, so that load balancers can stop sending requests. Then it
 * accepts nothing new, answers what is in flight, and cuts off the rest when the time is up.
 */
import type { Server, ServerResponse } from 'node:http';
import { Server as Listener } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';

export interface Shutdown {
  /** Read by readiness checks. */
  isStopping: boolean;
}

/**
 * Returns the answers of a server that are not finished, which Node does not tell. Must be called before the server listens.
 */
export function answersDue(server: Server): ReadonlySet<ServerResponse> {
  const due = new Set<ServerResponse>();
  // Runs before the handler, which may answer at once.
  server.prependListener('request', (_, response) => {
    due.add(response);
    response.once('close', () => due.delete(response));
  });
  return due;
}

interface Closing {
  signal: NodeJS.Signals;
  due: ReadonlySet<ServerResponse>;
  log: Logger;
  /** How long the process serves on while it is not ready. */
  delayMs: number;
  /** The time from the signal to the end. */
  timeoutMs: number;
  /** Answers those who wait for jobs now, because they could wait for long. */
  endWaiting(): void;
  /** Closes every connection, even during a request. The server does not know its WebSockets. */
  cutOff(): void;
  /** Closes what is needed until everything is answered: connections, files, traces that are still to be sent. */
  close(): Promise<unknown>;
}

/** The time that is reserved for closing, and as much again for the log: a twentieth of the whole, and at most this. */
const MAX_CLOSING_MS = 2000;
/** Idle connections are closed after this time without a request. */
const MAX_QUIET_MS = 1000;

/** Divides the time from the signal to the end, after the delay. */
function spansOf(delayMs: number, timeoutMs: number) {
  const closingMs = Math.min(MAX_CLOSING_MS, timeoutMs / 20);
  const drainMs = Math.max(0, timeoutMs - delayMs - 2 * closingMs);
  // Without a delay there is no load balancer that would have to notice the end.
  const takingMs = Math.min(2 * delayMs, drainMs / 4);
  return { closingMs, drainMs, takingMs, quietMs: Math.min(MAX_QUIET_MS, takingMs) };
}

type Spans = ReturnType<typeof spansOf>;

/** Warns at the start, when the setting can still be changed. */
export function warnOfShortEnd(
  config: Config,
  log: { warn(fields: object, message: string): void },
) {
  const { shutdownDelayMs, shutdownTimeoutMs, upstreamTimeoutMs } = config;
  const { drainMs, takingMs } = spansOf(shutdownDelayMs, shutdownTimeoutMs);
  const leastMs = drainMs - takingMs;
  if (leastMs >= upstreamTimeoutMs) return;
  log.warn(
    { leastMs, upstreamTimeoutMs },
    'SHUTDOWN_TIMEOUT leaves a call to Astria less time than UPSTREAM_TIMEOUT_MS: at SIGTERM writes may be cut off, their outcome unknown',
  );
}

/** Returns the exit code: 1 if something had to be cut off. */
export async function shutDown(server: Server, closing: Closing): Promise<0 | 1> {
  const { signal, due, log, delayMs, timeoutMs, endWaiting, cutOff, close } = closing;
  const beganMs = performance.now();
  const spans = spansOf(delayMs, timeoutMs);
  log.info({ signal, delayMs }, 'not ready, and serving on');
  await sleep(delayMs);
  log.info({ unanswered: due.size }, 'closing: no new connection is taken');
  endWaiting();
  const isWhole = await drain(server, { due, cutOff }, spans);
  if (!isWhole) log.warn({ timeoutMs }, 'stopped with requests unanswered: SHUTDOWN_TIMEOUT');
  const closed = close().catch((error) =>
    log.error({ err: error }, 'something could not be closed'),
  );
  await Promise.race([closed, sleep(spans.closingMs)]);
  log.info({ ms: Math.round(performance.now() - beganMs) }, 'stopped');
  // With a timeout, because flushing never ends if nobody reads the log.
  const flushed = new Promise<void>((resolve) => log.flush(() => resolve()));
  await Promise.race([flushed, sleep(spans.closingMs)]);
  return isWhole ? 0 : 1;
}

const SWEEP_MS = 50;

/**
 * Returns whether everything was answered in time. A proxy that does not ask `/readyz` notices the end only when a new
 * connection is refused, and uses its idle connections first. If they were closed then, a request could meet a closed
 * connection. So they stay open until none is used any more, for at most `takingMs`.
 */
async function drain(
  server: Server,
  { due, cutOff }: Pick<Closing, 'due' | 'cutOff'>,
  { drainMs, takingMs, quietMs }: Spans,
): Promise<boolean> {
  const beganMs = performance.now();
  let askedMs = beganMs;
  let isWhole = true;
  for (const response of due) markLast(response);
  server.prependListener('request', (_, response) => {
    askedMs = performance.now();
    markLast(response);
  });
  await untilAllAreTaken(server);
  // Node's own `close` would close idle connections at once.
  const closed = new Promise((resolve) => Listener.prototype.close.call(server, resolve));
  const sweep = setInterval(() => {
    const now = performance.now();
    if (now - askedMs < quietMs && now - beganMs < takingMs) return;
    // In the last phase of the turn. A connection whose request has arrived was read by then, so it is not idle.
    setImmediate(() => server.closeIdleConnections());
  }, SWEEP_MS);
  const cut = setTimeout(() => {
    isWhole = due.size === 0;
    cutOff();
  }, drainMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
  return isWhole;
}

/** Tells the client not to use the connection again. */
function markLast(response: ServerResponse) {
  if (!response.headersSent) response.setHeader('connection', 'close');
}

/** Accepts the connections that wait. They are reset when a listener closes, and Node accepts one in each turn. */
async function untilAllAreTaken(server: Server) {
  let taken = 0;
  server.on('connection', () => taken++);
  for (let before = -1; before !== taken; ) {
    before = taken;
    await nextTurn();
  }
}
