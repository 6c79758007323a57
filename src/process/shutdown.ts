/**
 * The end of the process. First it is not ready, and serves as before, so that whoever sends requests can learn to send none.
 * Then nothing new is taken, what is in flight is answered, and the rest cut off when time is up.
 */
import type { Server, ServerResponse } from 'node:http';
import { Server as Listener } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';

export interface Shutdown {
  /** For those who ask whether the process should be sent anything. */
  isStopping: boolean;
}

/** The answers of a server that are due, which Node does not tell: to be called before it listens. */
export function answersDue(server: Server): ReadonlySet<ServerResponse> {
  const due = new Set<ServerResponse>();
  // Before the handler, which may answer at once.
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
  /** How long it serves on, not ready. */
  delayMs: number;
  /** From the signal to the end, all in all. */
  timeoutMs: number;
  /** Those who wait for what Astria makes would wait for long: they are answered now. */
  endWaiting(): void;
  /** Closes every connection, whatever it is at: a WebSocket is none of the server's. */
  cutOff(): void;
  /** What is to be closed when all is answered: connections, files, traces that are still to be sent. */
  close(): Promise<unknown>;
}

/** Of the whole time, what is kept for closing, and as much again for the log: a twentieth, and no more than this. */
const MAX_CLOSING_MS = 2000;
/** How long nobody must have asked anything before idle connections are closed. */
const MAX_QUIET_MS = 1000;

/** How the time from the signal to the end is spent, after the delay. */
function spansOf(delayMs: number, timeoutMs: number) {
  const closingMs = Math.min(MAX_CLOSING_MS, timeoutMs / 20);
  const drainMs = Math.max(0, timeoutMs - delayMs - 2 * closingMs);
  // Without a delay nobody stands in front who would have to learn that this process goes.
  const takingMs = Math.min(2 * delayMs, drainMs / 4);
  return { closingMs, drainMs, takingMs, quietMs: Math.min(MAX_QUIET_MS, takingMs) };
}

type Spans = ReturnType<typeof spansOf>;

/** At the start, while it can still be set otherwise. */
export function warnOfShortEnd(config: Config, log: Logger) {
  const { shutdownDelayMs, shutdownTimeoutMs, upstreamTimeoutMs } = config;
  const { drainMs, takingMs } = spansOf(shutdownDelayMs, shutdownTimeoutMs);
  const leastMs = drainMs - takingMs;
  if (leastMs >= upstreamTimeoutMs) return;
  log.warn(
    { leastMs, upstreamTimeoutMs },
    'SHUTDOWN_TIMEOUT leaves a call to Astria less time than UPSTREAM_TIMEOUT_MS: at SIGTERM writes may be cut off, their outcome unknown',
  );
}

/** Answers with what the process is to exit with: 1 where something had to be cut off. */
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
  // Left to the exit itself, this would go on for ever where nobody reads the log any more.
  const flushed = new Promise<void>((resolve) => log.flush(() => resolve()));
  await Promise.race([flushed, sleep(spans.closingMs)]);
  return isWhole ? 0 : 1;
}

const SWEEP_MS = 50;

/**
 * Whether everything was answered in time. A proxy that does not ask for `/readyz` learns of the end by being refused a new
 * connection, and first uses up the idle ones that it has: closed under it, one would meet a request. So they are left
 * open until nobody uses any of them, for so long as `takingMs`.
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
  // Not its own `close`, which would close idle connections at once.
  const closed = new Promise((resolve) => Listener.prototype.close.call(server, resolve));
  const sweep = setInterval(() => {
    const now = performance.now();
    if (now - askedMs < quietMs && now - beganMs < takingMs) return;
    // In the turn's last phase: what had come by then was read, so that its connection is not idle.
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

/** Otherwise the client would go on using the connection, and meet its end. */
function markLast(response: ServerResponse) {
  if (!response.headersSent) response.setHeader('connection', 'close');
}

/** Connections that wait to be taken are reset when a listener closes, and Node takes one in a turn. */
async function untilAllAreTaken(server: Server) {
  let taken = 0;
  server.on('connection', () => taken++);
  for (let before = -1; before !== taken; ) {
    before = taken;
    await nextTurn();
  }
}
