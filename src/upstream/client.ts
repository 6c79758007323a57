import Pool from 'undici/lib/dispatcher/pool.js';
import type * as z from 'zod';
import { startDeadline } from './deadline.ts';
import { type Drift, decode } from './decode.ts';
import {
  AnsweredWithFailure,
  type CallName,
  type CallSubject,
  isWrite,
  NoAnswer,
  NoCredential,
  OutOfContract,
} from './errors.ts';
import { exchange, type Received } from './exchange.ts';
import { outgoingOf } from './outgoing.ts';
import { pathOf, type Query } from './path.ts';
import { ReadMemory, type Remembered } from './read-memory.ts';
import { type Seat, SingleFlight } from './single-flight.ts';

export interface UpstreamOptions {
  baseUrl: string;
  /** Of a whole call, a wait for a connection included; of one with files, whenever Astria is what is waited for. Astria gives up after 30 s. */
  timeoutMs?: number;
  /** Told of each field that was not of its contracted type, with every answer it stands in. */
  onDrift?: (call: CallName, field: Drift) => void;
}

/** On whose behalf a call is made. */
export interface Credential {
  /** Astria's key, `sd_…`; undefined where the caller brought none. */
  token: string | undefined;
  /** An id, `all`, or undefined for the personal scope. */
  workspaceId: string | undefined;
}

interface Call<Schema extends z.ZodType> extends CallSubject {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** A template: `/tunes/:id`. */
  path: string;
  query?: Query;
  /** Under Rails' root key: `{ tune: { … } }`. Sent as JSON, or as a form where a `StreamedFile` stands in it. */
  body?: object;
  response: Schema;
  /** Documented as multipart alone: so without a file too. */
  isForm?: boolean;
  /** Astria answers it to anybody, so no key is sent, nor needed. */
  isPublic?: boolean;
}

/** The keyset: rows with a smaller id than `before_id`, at most `limit` of them, newest first. */
export type Page = { limit: number; before_id?: number };

/** The most rows Astria gives at once; what it does with a larger limit is unknown, so none is ever sent. */
export const MAX_LIMIT = 120;

/** Astria, as one caller sees it. */
export interface Session {
  request<Schema extends z.ZodType>(call: Call<Schema>): Promise<z.output<Schema>>;
}

export interface Upstream {
  /** `signal` ends reads that nobody waits for any more; a write once begun is always seen to its end. */
  as(credential: Credential, signal?: AbortSignal): Session;
  /** How many writes are over: what was begun before the last of them may know nothing of it. */
  readonly writes: number;
  close(): Promise<void>;
}

/** The connections to one Astria, shared by all callers. */
export function createUpstream(options: UpstreamOptions): Upstream {
  const { baseUrl, timeoutMs = 35_000, onDrift } = options;
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/$/, '');
  // Deadlines are ours: undici's own timers are coarse.
  const pool = new Pool(origin, { connections: 128, headersTimeout: 0, bodyTimeout: 0 });
  // Files take as long as their sender does, and must not keep everything else waiting.
  const uploads = new Pool(origin, { connections: 64, headersTimeout: 0, bodyTimeout: 0 });

  const reads = new SingleFlight<unknown>();
  const memory = new ReadMemory();
  let writes = 0;

  const targetOf = (call: Call<z.ZodType>, credential: Credential): Target => ({
    path: prefix + pathOf(call.path, call.params, call.query),
    headers: headersFor(credential, call),
  });

  async function send(call: Call<z.ZodType>, { path, headers }: Target, given?: AbortSignal) {
    const name = nameOf(call);
    const deadline = startDeadline(timeoutMs, given);
    const { content: body, contentType, isCut, failure } = outgoingOf(call, deadline);
    const sent = { ...headers, ...(contentType && { 'content-type': contentType }) };
    try {
      const { method } = name;
      const { signal } = deadline;
      const via = typeof body === 'object' ? uploads : pool;
      const received = await exchange(via, { method, path, headers: sent, body }, signal);
      return { ...received, isCut: isCut() };
    } catch (cause) {
      const failed = failure();
      if (failed) throw failed.error;
      const reason = deadline.isPast() ? 'timeout' : 'connection';
      throw new NoAnswer(name, reason, { cause, isCut: isCut() });
    } finally {
      deadline.clear();
    }
  }

  /** The same read, asked for by the same caller while it is under way, is one call and one answer. */
  async function read<Schema extends z.ZodType>(
    call: Call<Schema>,
    credential: Credential,
    caller?: AbortSignal,
  ) {
    const target = targetOf(call, credential);
    const { authorization = '', 'x-workspace-id': workspace = '' } = target.headers;
    const key = `${authorization}\n${workspace}\n${target.path}`;
    const seat = reads.join(`${writes}\n${key}`, (signal) => readAnew(call, target, key, signal));
    return waitFor(seat, nameOf(call), caller) as Promise<z.output<Schema>>;
  }

  /** Asks only for what has changed, where the last answer is remembered: then nothing is parsed, and nothing checked. */
  async function readAnew(
    call: Call<z.ZodType>,
    { path, headers }: Target,
    key: string,
    signal: AbortSignal,
  ) {
    const known = memory.get(key);
    const condition = known && { 'if-none-match': known.etag };
    const answer = await send(call, { path, headers: { ...headers, ...condition } }, signal);
    if (known && isStill(known, answer)) return known.value;
    const value = interpret(call, answer);
    const { etag } = answer.headers;
    if (typeof etag === 'string') memory.note(key, { etag, text: answer.text, value });
    return value;
  }

  async function write<Schema extends z.ZodType>(call: Call<Schema>, credential: Credential) {
    try {
      return interpret(call, await send(call, targetOf(call, credential)));
    } finally {
      writes++;
    }
  }

  function interpret<Schema extends z.ZodType>(call: Call<Schema>, answer: Answer) {
    const name = nameOf(call);
    const body = parseJson(answer.text);
    if (answer.status < 200 || answer.status > 299) {
      const retryAfterMs = delayMs(answer.headers['retry-after']);
      throw new AnsweredWithFailure(name, { ...answer, body, retryAfterMs }, call);
    }
    if (answer.isCut) throw new OutOfContract(name, 'before it had all of the files', answer);
    const decoded = decode(call.response, body, answer.text);
    if (!decoded.ok) throw new OutOfContract(name, decoded.detail, answer);
    for (const field of decoded.drift) onDrift?.(name, field);
    return decoded.value;
  }

  return {
    as: (credential, signal) => ({
      request: (call) =>
        isWrite(nameOf(call)) ? write(call, credential) : read(call, credential, signal),
    }),
    get writes() {
      return writes;
    },
    async close() {
      await Promise.all([pool.destroy(), uploads.destroy()]);
    },
  };
}

/** One who leaves waits no longer, and the others do. */
function waitFor<T>(seat: Seat<T>, name: CallName, caller?: AbortSignal): Promise<T> {
  if (!caller) return seat.result;
  return new Promise((resolve, reject) => {
    const leave = () => {
      seat.leave();
      reject(new NoAnswer(name, 'connection', { cause: caller.reason }));
    };
    const stay = () => caller.removeEventListener('abort', leave);
    seat.result.finally(stay).then(resolve, reject);
    if (caller.aborted) leave();
    else caller.addEventListener('abort', leave, { once: true });
  });
}

type Headers = Record<string, string>;

/** Where a call goes, and on whose behalf. */
interface Target {
  path: string;
  headers: Headers;
}

interface Answer extends Received {
  /** Whether it came before the whole body had gone. */
  isCut: boolean;
}

const isStill = (known: Remembered, { status, text }: Answer) =>
  status === 304 || (status === 200 && text === known.text);

const nameOf = ({ method = 'GET', path }: Call<z.ZodType>) => ({ method, route: path });

function headersFor({ token, workspaceId }: Credential, call: Call<z.ZodType>): Headers {
  if (call.isPublic) return { accept: 'application/json' };
  if (!token) {
    throw new NoCredential('Astria needs a key: send the header `Authorization: Bearer sd_…`.');
  }
  return {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    ...(workspaceId && { 'x-workspace-id': workspaceId }),
  };
}

/** Undefined where the text is not JSON, an empty one included. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After` is seconds or a date. */
function delayMs(retryAfter: string | string[] | undefined): number | undefined {
  if (typeof retryAfter !== 'string') return undefined;
  const seconds = Number(retryAfter);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, Math.round(ms)) : undefined;
}
