/** Posts messages to the receivers of webhooks, signed as Standard Webhooks says: https://www.standardwebhooks.com */
import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Webhook as Signer } from 'standardwebhooks';
import { Agent, request } from 'undici';
import { type AddressRules, faultOfAddress, faultOfHost } from '../../auth/webhook-addresses.ts';
import type { Webhook } from '../../auth/webhook-settings.ts';
import { VERSION } from '../../observe/version.ts';

interface Letter {
  /** The `webhook-id`. */
  id: string;
  body: string;
}

export type Post = (webhook: Webhook, letter: Letter) => Promise<void>;

type Resolve = (
  name: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

interface PostOptions {
  allowsPrivate: boolean;
  /** The longest time for one message, from the resolving of the name to the answer. */
  timeoutMs?: number;
  /** Resolves names. The system's resolver by default. */
  resolve?: Resolve;
  /** Returns epoch milliseconds. */
  now(): number;
}

const TIMEOUT_MS = 5000;
/** An answer is read up to here, because only its status matters. */
const MAX_ANSWER_BYTES = 16_384;

/** Returns a function that posts one message. It throws unless the receiver answers with 2xx. */
export function createPost(options: PostOptions): Post {
  const { allowsPrivate, timeoutMs = TIMEOUT_MS, resolve = lookup, now } = options;
  const shared = shareLookups(resolve);
  const agentFor = (isSecure: boolean) =>
    agentWith(checkedLookup(shared, { allowsPrivate, isSecure }), timeoutMs);
  const agents = { 'https:': agentFor(true), 'http:': agentFor(false) };
  return async ({ url, secrets }, { id, body }) => {
    const fault = faultOfHost(url, allowsPrivate);
    if (fault) throw new Error(`the receiver cannot be called: ${fault}`);
    const signal = AbortSignal.timeout(timeoutMs);
    const dispatcher = agents[new URL(url).protocol as keyof typeof agents];
    const headers = headersOf(secrets, { id, body }, new Date(now()));
    const sent = { method: 'POST', headers, body, dispatcher, signal } as const;
    const answer = await request(url, sent).catch((error) => {
      // A signal has no effect before there is a connection.
      const isLate = signal.aborted || error.code === 'UND_ERR_CONNECT_TIMEOUT';
      throw isLate ? new Error(`no answer came within ${timeoutMs / 1000} s`) : error;
    });
    await answer.body.dump({ limit: MAX_ANSWER_BYTES, signal }).catch(() => {});
    const { statusCode } = answer;
    if (statusCode < 200 || statusCode > 299) {
      throw new Error(`the receiver answered ${statusCode}${hintFor(statusCode)}`);
    }
  };
}

const hintFor = (status: number) =>
  status >= 300 && status <= 399 ? ', and redirects are not followed' : '';

function headersOf(secrets: readonly string[], { id, body }: Letter, date: Date) {
  return {
    'content-type': 'application/json',
    'user-agent': `astria-graphql/${VERSION}`,
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(date.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Signer(secret).sign(id, date, body)).join(' '),
  };
}

/**
 * Looks up a name once for all messages that need it at the same time. A lookup cannot be cancelled. If the servers of a name do
 * not answer, one for each attempt would soon occupy all threads that look up names, Astria's among them.
 */
function shareLookups(resolve: Resolve): Resolve {
  const waiting = new Map<string, Parameters<Resolve>[2][]>();
  return (name, options, callback) => {
    const others = waiting.get(name);
    if (others) return void others.push(callback);
    const all = [callback];
    waiting.set(name, all);
    resolve(name, options, (error, addresses) => {
      waiting.delete(name);
      for (const each of all) each(error, addresses);
    });
  };
}

/** Each message gets a connection of its own, so that the addresses of the name are checked anew. */
const agentWith = (lookup: LookupFunction, timeoutMs: number) =>
  new Agent({ pipelining: 0, connect: { lookup, timeout: timeoutMs } });

/** Resolves a name, and fails if one of its addresses is not allowed. The connection is made to an address that was checked. */
const checkedLookup =
  (resolve: Resolve, rules: AddressRules): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const fault = error ? undefined : faultAmong(addresses, rules);
      const failure = fault ? new Error(`${hostname} cannot be called: ${fault}`) : error;
      if (failure) callback(failure, []);
      else if (options.all) callback(null, addresses);
      else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
    });
  };

const faultAmong = (addresses: readonly { address: string }[], rules: AddressRules) =>
  addresses.map(({ address }) => faultOfAddress(address, rules)).find(Boolean);
