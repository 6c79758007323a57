/** The end of the process: nothing new is taken, what is in flight is answered, and the rest cut off when time is up. */
import type { Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from './config.ts';

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
  due: ReadonlySet<ServerResponse>;
  log: Logger;
  /** From the signal to the end, all in all. */
  timeoutMs: number;
  /** What is to be closed when all is answered: connections, files, traces that are still to be sent. */
  close(): Promise<unknown>;
}

/** Of the whole time, what is kept for closing, and as much again for the log: a twentieth, and no more than this. */
const MAX_CLOSING_MS = 2000;

const closingMsOf = (timeoutMs: number) => Math.min(MAX_CLOSING_MS, timeoutMs / 20);

/** How long what is in flight at the signal has at most. */
const drainMsOf = (timeoutMs: number) => timeoutMs - 2 * closingMsOf(timeoutMs);

/** At the start, while it can still be set otherwise. */
export function warnOfShortEnd({ shutdownTimeoutMs, upstreamTimeoutMs }: Config, log: Logger) {
  const drainMs = drainMsOf(shutdownTimeoutMs);
  if (drainMs >= upstreamTimeoutMs) return;
  log.warn(
    { drainMs, upstreamTimeoutMs },
    'SHUTDOWN_TIMEOUT leaves a call to Astria less time than UPSTREAM_TIMEOUT_MS: at SIGTERM writes may be cut off, their outcome unknown',
  );
}

/** Answers with what the process is to exit with: 1 where something had to be cut off. */
export async function shutDown(server: Server, closing: Closing): Promise<0 | 1> {
  const { due, log, timeoutMs, close } = closing;
  const closingMs = closingMsOf(timeoutMs);
  for (const response of due) markLast(response);
  const isWhole = await drain(server, drainMsOf(timeoutMs));
  if (!isWhole) log.warn({ timeoutMs }, 'stopped with requests unanswered: SHUTDOWN_TIMEOUT');
  const closed = close().catch((error) =>
    log.error({ err: error }, 'something could not be closed'),
  );
  await Promise.race([closed, sleep(closingMs)]);
  // Left to the exit itself, this would go on for ever where nobody reads the log any more.
  const flushed = new Promise<void>((resolve) => log.flush(() => resolve()));
  await Promise.race([flushed, sleep(closingMs)]);
  return isWhole ? 0 : 1;
}

/** Otherwise the client would go on using the connection, and meet its end. */
function markLast(response: ServerResponse) {
  if (!response.headersSent) response.setHeader('connection', 'close');
}

const SWEEP_MS = 50;

/** Whether everything was answered in time. */
function drain(server: Server, timeoutMs: number): Promise<boolean> {
  let isWhole = true;
  // A request that was on its way on an open connection is answered too: refused, it would be an error by chance.
  server.prependListener('request', (_, response) => markLast(response));
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const cut = setTimeout(() => {
    isWhole = false;
    server.closeAllConnections();
  }, timeoutMs);
  return new Promise((resolve) => {
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve(isWhole);
    });
  });
}
