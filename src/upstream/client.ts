import type * as z from 'zod';
import { AcceptedKeys } from './accepted-keys.ts';
import { Accounts } from './accounts.ts';
import { type Asking, type Call, nameOf } from './call.ts';
import type { DriftWatch } from './contract/drift.ts';
import { type Credential, headersFor } from './credential.ts';
import { isWrite } from './errors.ts';
import { createInterpret } from './interpret.ts';
import { NewestIds } from './newest-ids.ts';
import { pathOf } from './path.ts';
import { createReads } from './reads.ts';
import type { Errand, Sake } from './transport/errand.ts';
import { createSender, type Sender, type SenderOptions } from './transport/sender.ts';

export interface UpstreamOptions extends SenderOptions {
  baseUrl: string;
  /** Told about answers that depart from the contract. */
  drift?: DriftWatch;
}

/** A page of a list: at most `limit` rows with an id below `before_id`, newest first. */
export type Page = { limit: number; before_id?: number };

/** The most rows that Astria returns at once. How it treats a larger limit is unknown, so none is ever sent. */
export const MAX_LIMIT = 120;

/** Astria, for one caller. */
export interface Session {
  request<Schema extends z.ZodType>(call: Call<Schema>): Promise<z.output<Schema>>;
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
  const base = new URL(options.baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const sender = createSender(base, options);
  const newestIds = new NewestIds();
  const accepted = new AcceptedKeys();
  const interpret = createInterpret({ drift: options.drift, newestIds });
  const { timeoutMs } = sender;
  const read = createReads({ send, interpret, writes: () => writes, timeoutMs });
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

  async function write<Schema extends z.ZodType>(
    call: Call<Schema>,
    errand: Errand,
    { calls }: Asking,
  ) {
    const entry = calls?.begin(errand.name);
    try {
      return interpret(call, await send(call, errand, { calls, entry }));
    } finally {
      writes++;
    }
  }

  async function request<Schema extends z.ZodType>(
    call: Call<Schema>,
    credential: Credential,
    asking: Asking,
  ) {
    const errand = errandOf(call, credential);
    if (isWrite(errand.name)) return write(call, errand, asking);
    return read(call, errand, asking) as Promise<z.output<Schema>>;
  }

  return {
    as: (credential, asking = {}) => ({ request: (call) => request(call, credential, asking) }),
    get writes() {
      return writes;
    },
    strangerAt: (credential) => accepted.strangerAt(credential),
    newestIds,
    accounts: new Accounts(),
    reach: sender.reach,
    health: sender.health,
    clock: sender.clock,
    close: sender.close,
  };
}
