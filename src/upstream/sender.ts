import Pool from 'undici/lib/dispatcher/pool.js';
import type { CallEntry, CallLog } from './call-log.ts';
import type { CallWatch, OnCall } from './call-watch.ts';
import { startDeadline } from './deadline.ts';
import { type CallName, NoAnswer } from './errors.ts';
import { exchange, NeverBegun, type Received } from './exchange.ts';
import { outgoingOf } from './outgoing.ts';

export interface SenderOptions {
  /** Of a whole call, a wait for a connection included; of one with files, whenever Astria is what is waited for. Astria gives up after 30 s. */
  timeoutMs?: number;
  /** Told of each call that is made. */
  onCall?: OnCall;
}

export type Headers = Record<string, string>;

/** What is to be sent, and where. */
export interface Errand {
  name: CallName;
  /** With its query. */
  path: string;
  headers: Headers;
  body?: object;
  isForm?: boolean;
}

/** For whom it is sent. */
export interface Sake {
  /** Ends it. */
  signal?: AbortSignal;
  calls: CallLog | undefined;
  /** Its own in `calls`. */
  entry: CallEntry | undefined;
}

export interface Answer extends Received {
  /** Whether it came before the whole body had gone. */
  isCut: boolean;
}

/** The connections to one Astria, shared by all callers. */
export function createSender(origin: string, options: SenderOptions) {
  const { timeoutMs = 35_000, onCall } = options;
  // Deadlines are ours: undici's own timers are coarse. Over HTTP/2 undici sends again what the other side says it has
  // not looked at, writes too; over HTTP/1.1 it sends nothing twice.
  const settings = { headersTimeout: 0, bodyTimeout: 0, allowH2: false };
  const pool = new Pool(origin, { connections: 128, ...settings });
  // Files take as long as their sender does, and must not keep everything else waiting.
  const uploads = new Pool(origin, { connections: 64, ...settings });

  async function attempt(errand: Errand, watch: CallWatch | undefined, given?: AbortSignal) {
    const { name, path } = errand;
    const deadline = startDeadline(timeoutMs, given);
    const { content: body, contentType, isCut, failure } = outgoingOf(errand, deadline);
    const more = contentType ? { 'content-type': contentType, ...watch?.headers } : watch?.headers;
    const headers = more ? { ...errand.headers, ...more } : errand.headers;
    try {
      const { method } = name;
      const { signal } = deadline;
      const via = typeof body === 'object' ? uploads : pool;
      const received = await exchange(via, { method, path, headers, body }, signal);
      return { ...received, isCut: isCut() };
    } catch (thrown) {
      const failed = failure();
      if (failed) throw failed.error;
      const isUnsent = thrown instanceof NeverBegun;
      const cause = isUnsent ? thrown.cause : thrown;
      const reason = deadline.isPast() ? 'timeout' : 'connection';
      throw new NoAnswer(name, reason, { cause, isCut: isCut(), isUnsent });
    } finally {
      deadline.clear();
    }
  }

  async function send(errand: Errand, { signal, calls, entry }: Sake): Promise<Answer> {
    const watch = onCall?.(errand.name, calls);
    const startedAt = performance.now();
    let status: number | undefined;
    let error: NoAnswer['reason'] | undefined;
    const retries = 0;
    try {
      const answer = await attempt(errand, watch, signal);
      status = answer.status;
      return answer;
    } catch (thrown) {
      if (thrown instanceof NoAnswer && !signal?.aborted) error = thrown.reason;
      throw thrown;
    } finally {
      if (calls && entry) calls.end(entry, { status, ms: performance.now() - startedAt, retries });
      watch?.over({ status, error, retries });
    }
  }

  return {
    send,
    async close() {
      await Promise.all([pool.destroy(), uploads.destroy()]);
    },
  };
}
