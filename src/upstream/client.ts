import type * as z from 'zod';
import { AcceptedKeys } from './accepted-keys.ts';
import { Accounts } from './accounts.ts';
import type { CallLog } from './call-log.ts';
import { decode } from './contract/decode.ts';
import type { DriftWatch } from './contract/drift.ts';
import { type Credential, headersFor, type Reach } from './credential.ts';
import {
  AnsweredWithFailure,
  type CallSubject,
  isWrite,
  OutOfContract,
  type RowNames,
} from './errors.ts';
import { jsonIn } from './json.ts';
import { NewestIds } from './newest-ids.ts';
import { pathOf, type Query } from './path.ts';
import { ReadMemory, type Remembered } from './read-memory.ts';
import { isLate, type Reading, waitFor } from './reading.ts';
import { SingleFlight } from './single-flight.ts';
import type { AstriaAnswer, Errand, Sake } from './transport/errand.ts';
import { retryAfterMs } from './transport/retry.ts';
import { createSender, type Sender, type SenderOptions } from './transport/sender.ts';

export interface UpstreamOptions extends SenderOptions {
  baseUrl: string;
  /** Told where an answer departs from the contract. */
  drift?: DriftWatch;
}

/** A write says which rows it names, if only that it names none: callers who are bound to workspaces name their own. */
type Call<Schema extends z.ZodType> = CallOfAnyKind<Schema> &
  ({ method?: 'GET' } | { method: 'POST' | 'PATCH' | 'DELETE'; names: RowNames });

interface CallOfAnyKind<Schema extends z.ZodType> extends CallSubject, Reach {
  /** A template: `/tunes/:id`. */
  path: string;
  query?: Query;
  /** Under Rails' root key: `{ tune: { … } }`. Sent as JSON, or as a form where a `StreamedFile` stands in it. */
  body?: object;
  response: Schema;
  /** How long it may take, where that is longer than other calls may. */
  patienceMs?: number;
  /** Documented as multipart alone: so without a file too. */
  isForm?: boolean;
}

/** The keyset: rows with a smaller id than `before_id`, at most `limit` of them, newest first. */
export type Page = { limit: number; before_id?: number };

/** The most rows Astria gives at once; what it does with a larger limit is unknown, so none is ever sent. */
export const MAX_LIMIT = 120;

/** Astria, as one caller sees it. */
export interface Session {
  request<Schema extends z.ZodType>(call: Call<Schema>): Promise<z.output<Schema>>;
}

/** For which operation something is asked. */
interface Asking {
  /** Ends reads that nobody waits for any more; a write once begun is always seen to its end. */
  signal?: AbortSignal;
  /** Where its calls are counted, and limited. */
  calls?: CallLog;
}

export interface Upstream extends Pick<Sender, 'reach' | 'health' | 'clock' | 'close'> {
  as(credential: Credential, asking?: Asking): Session;
  /** How many writes are over: what was begun before the last of them may know nothing of it. */
  readonly writes: number;
  /** The address that a caller counts by as long as Astria has not accepted its key; undefined of anybody else. */
  strangerAt(credential: Credential): string | undefined;
  newestIds: Pick<NewestIds, 'of'>;
  accounts: Pick<Accounts, 'of'>;
}

export function createUpstream(options: UpstreamOptions): Upstream {
  const { baseUrl, drift } = options;
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const sender = createSender(base, options);
  const reads = new SingleFlight<Reading>();
  const memory = new ReadMemory();
  const newestIds = new NewestIds();
  const accepted = new AcceptedKeys();
  const accounts = new Accounts();
  let writes = 0;

  const errandOf = (call: Call<z.ZodType>, credential: Credential): Errand => ({
    name: nameOf(call),
    path: prefix + pathOf(call.path, call.params, call.query),
    headers: headersFor(credential, call),
    owner: credential.owner,
    stranger: accepted.strangerAt(credential),
    body: call.body,
    isForm: call.isForm,
    patienceMs: call.patienceMs,
  });

  async function send(call: Call<z.ZodType>, errand: Errand, sake: Sake) {
    const answer = await sender.send(errand, sake);
    // What is answered to anybody tells nothing of the key.
    if (!call.isOpen) accepted.note(errand, answer.status);
    return answer;
  }

  async function read<Schema extends z.ZodType>(
    call: Call<Schema>,
    credential: Credential,
    asking: Asking,
  ) {
    const errand = errandOf(call, credential);
    const startedAt = performance.now();
    const first = share(call, errand, asking);
    const answer = first.isMine ? first.answer : first.answer.catch(again);
    return answer as Promise<z.output<Schema>>;

    /** One who joined late is not to fail with whoever began early. */
    function again(error: unknown) {
      const spentMs = performance.now() - startedAt;
      if (!isLate(error) || spentMs >= sender.timeoutMs) throw error;
      return share(call, errand, { ...asking, spentMs }).answer;
    }
  }

  /** The same read, asked for by the same caller while it is under way, is one call and one answer. */
  function share(call: Call<z.ZodType>, errand: Errand, asking: Asking & { spentMs?: number }) {
    const { calls, spentMs } = asking;
    const { name, path, headers } = errand;
    const { authorization = '', 'x-workspace-id': workspace = '' } = headers;
    const key = `${authorization}\n${workspace}\n${path}`;
    let isMine = false;
    const seat = reads.join(`${writes}\n${key}`, (signal) => {
      isMine = true;
      // Here, so that one who may make no more calls begins nothing that others could join.
      const entry = calls?.begin(name);
      return readAnew(call, errand, { key, sake: { signal, calls, entry, spentMs } });
    });
    const entry = isMine ? undefined : calls?.join(name);
    return { isMine, answer: waitFor(seat, { name, caller: asking.signal, share: entry }) };
  }

  /** Asks only for what has changed, where the last answer is remembered: then nothing is parsed, and nothing checked. */
  async function readAnew(
    call: Call<z.ZodType>,
    errand: Errand,
    { key, sake }: { key: string; sake: Sake },
  ): Promise<Reading> {
    const known = memory.get(key);
    const asked = known ? conditional(errand, known.etag) : errand;
    const answer = await send(call, asked, sake);
    const { status } = answer;
    if (known && isStill(known, answer)) {
      if (sake.entry) sake.calls?.markUnchanged(sake.entry);
      return { status, value: known.value };
    }
    const value = interpret(call, answer);
    const { etag } = answer.headers;
    if (typeof etag === 'string') memory.note(key, { etag, body: answer.body, value });
    return { status, value };
  }

  async function write<Schema extends z.ZodType>(
    call: Call<Schema>,
    credential: Credential,
    { calls }: Asking,
  ) {
    const errand = errandOf(call, credential);
    const entry = calls?.begin(errand.name);
    try {
      return interpret(call, await send(call, errand, { calls, entry }));
    } finally {
      writes++;
    }
  }

  function interpret<Schema extends z.ZodType>(call: Call<Schema>, answer: AstriaAnswer) {
    const name = nameOf(call);
    const { status, isCut } = answer;
    const body = jsonIn(answer.body);
    if (status < 200 || status > 299) {
      const failure = { status, body, retryAfterMs: retryAfterMs(answer), isCut };
      throw new AnsweredWithFailure(name, failure, call);
    }
    if (isCut) throw new OutOfContract(name, 'before it had all of the files', answer);
    if (drift?.isDue(name)) drift.look(name, call.response, body);
    const decoded = decode(call.response, body);
    if (!decoded.ok) throw new OutOfContract(name, decoded.detail, answer);
    for (const field of decoded.drift) drift?.note(name, field);
    newestIds.note(name.route, decoded.value);
    return decoded.value;
  }

  return {
    as: (credential, asking = {}) => ({
      request: (call) =>
        isWrite(nameOf(call)) ? write(call, credential, asking) : read(call, credential, asking),
    }),
    get writes() {
      return writes;
    },
    strangerAt: (credential) => accepted.strangerAt(credential),
    newestIds,
    accounts,
    reach: sender.reach,
    health: sender.health,
    clock: sender.clock,
    close: sender.close,
  };
}

const conditional = (errand: Errand, etag: string): Errand => ({
  ...errand,
  headers: { ...errand.headers, 'if-none-match': etag },
});

const isStill = (known: Remembered, { status, body }: AstriaAnswer) =>
  status === 304 || (status === 200 && body.equals(known.body));

const nameOf = ({ method = 'GET', path }: Call<z.ZodType>) => ({ method, route: path });
