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
  /** Told about answers that depart from the contract. */
  drift?: DriftWatch;
}

/** A write says which rows it names, if only that it names none: callers who are bound to workspaces name their own. */
type Call<Schema extends z.ZodType> = CallOfAnyKind<Schema> &
  ({ method?: 'GET' } | { method: 'POST' | 'PATCH' | 'DELETE'; names: RowNames });

interface CallOfAnyKind<Schema extends z.ZodType> extends CallSubject, Reach {
  /** A template: `/tunes/:id`. */
  path: string;
  query?: Query;
  /** Under Rails' root key: `{ tune: { … } }`. Sent as JSON, or as a multipart form if it contains a `StreamedFile`. */
  body?: object;
  response: Schema;
  /** The timeout, if this call may take longer than others. */
  patienceMs?: number;
  /** Sends a multipart form even without a file, because Astria documents the endpoint for forms only. */
  isForm?: boolean;
}

/** A page of a list: at most `limit` rows with an id below `before_id`, newest first. */
export type Page = { limit: number; before_id?: number };

/** The most rows that Astria returns at once. How it treats a larger limit is unknown, so none is ever sent. */
export const MAX_LIMIT = 120;

/** Astria, for one caller. */
export interface Session {
  request<Schema extends z.ZodType>(call: Call<Schema>): Promise<z.output<Schema>>;
}

/** The operation that a call is made for. */
interface Asking {
  /** Aborts reads that nobody waits for any more. A write is never aborted once it has begun. */
  signal?: AbortSignal;
  /** Counts the operation's calls, and limits them. */
  calls?: CallLog;
}

export interface Upstream extends Pick<Sender, 'reach' | 'health' | 'clock' | 'close'> {
  as(credential: Credential, asking?: Asking): Session;
  /** The number of completed writes. A read that began before the last of them may have missed it. */
  readonly writes: number;
  /** Returns the address that a caller counts by until Astria has accepted its key. Undefined for any other caller. */
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
    // An open endpoint answers anybody, so its answer says nothing about the key.
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

    /** Retries a read that a late joiner shared and that ran out of the first one's time. */
    function again(error: unknown) {
      const spentMs = performance.now() - startedAt;
      if (!isLate(error) || spentMs >= sender.timeoutMs) throw error;
      return share(call, errand, { ...asking, spentMs }).answer;
    }
  }

  /** Makes one call for identical reads of the same caller that are in flight at the same time. */
  function share(call: Call<z.ZodType>, errand: Errand, asking: Asking & { spentMs?: number }) {
    const { calls, spentMs } = asking;
    const { name, path, headers } = errand;
    const { authorization = '', 'x-workspace-id': workspace = '' } = headers;
    const key = `${authorization}\n${workspace}\n${path}`;
    let isMine = false;
    const seat = reads.join(`${writes}\n${key}`, (signal) => {
      isMine = true;
      // Counted here, so that an operation without budget starts nothing that others could join.
      const entry = calls?.begin(name);
      return readAnew(call, errand, { key, sake: { signal, calls, entry, spentMs } });
    });
    const entry = isMine ? undefined : calls?.join(name);
    return { isMine, answer: waitFor(seat, { name, caller: asking.signal, share: entry }) };
  }

  /** Sends a conditional request if the last answer is cached. If nothing has changed, nothing is parsed or checked. */
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
