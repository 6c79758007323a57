/** The gateway on a socket, and clients of it that may leave at any time. */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { Pool } from 'undici';
import { createCallers } from '../../src/auth/callers.ts';
import { readConfig } from '../../src/config.ts';
import { serverOf } from '../../src/http/server-of.ts';
import { openSqliteLedger } from '../../src/paid/ledger/sqlite.ts';
import { createGateway } from '../../src/server.ts';
import { createUpstream } from '../../src/upstream/client.ts';
import type { Owner, Place } from './isolation-owners.ts';
import type { Question } from './isolation-questions.ts';
import { leavingAfter } from './leaving.ts';

/** Without the test runner, so that the full attempt can be a command. Requests bring their own keys. */
export async function startServer(baseUrl: string, now: () => number) {
  const upstream = createUpstream({ baseUrl });
  const config = readConfig({ ASTRIA_BASE_URL: baseUrl });
  const log = pino({ level: 'silent' });
  const callers = createCallers(config);
  const seekTimes = { gapsMs: [0], withinMs: 0, leastMs: 1000 };
  const ledger = await openSqliteLedger(':memory:', upstream.clock);
  const gateway = createGateway({ config, upstream, callers, ledger, seekTimes, log, now });
  const server = serverOf(gateway, { keepAliveTimeout: 120_000 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await upstream.close();
    },
  };
}

export interface Operation {
  owner: Owner;
  place: Place;
  question: Question;
  /** One of `ACCEPTED`; without it the header is not sent. */
  accept?: string;
  /** Without a key: nothing of anybody's may be in the answer. */
  isAnonymous?: boolean;
  /** Sent in the address; a mutation cannot be. */
  isGet?: boolean;
  /** The variables in the opposite order. */
  isReversed?: boolean;
  /** When the client breaks off the connection, answered or not. */
  leavesAfterMs?: number;
}

const [JSON_TYPE, OWN_TYPE] = ['application/json', 'application/graphql-response+json'];

/** What may be asked for, and what is to come. */
export const ACCEPTED: Record<string, string> = {
  [JSON_TYPE]: JSON_TYPE,
  [OWN_TYPE]: OWN_TYPE,
  '*/*': JSON_TYPE,
  [`${OWN_TYPE}, ${JSON_TYPE};q=0.9`]: OWN_TYPE,
};
export const typeFor = ({ accept }: Operation) => (accept && ACCEPTED[accept]) ?? JSON_TYPE;

/** All by which the answers of two requests may differ. */
export const fingerprintOf = (operation: Operation) => {
  const { owner, place, question, isAnonymous } = operation;
  const { document, operationName, variables } = question;
  const type = typeFor(operation);
  return JSON.stringify([
    !isAnonymous && owner.key,
    place,
    type,
    document,
    operationName,
    variables,
  ]);
};

export interface Answer {
  status: number;
  type: string;
  traceId: string;
  /** All of them, as one text. */
  headers: string;
  text: string;
}

export function createClient(origin: string) {
  // A hang is a defect too, and has to end.
  const pool = new Pool(origin, { headersTimeout: 20_000, bodyTimeout: 20_000 });
  return {
    /** Undefined for a client that has left. */
    send: (operation: Operation): Promise<Answer | undefined> =>
      leavingAfter(operation.leavesAfterMs, async (signal) => {
        const traceId = randomBytes(16).toString('hex');
        const response = await pool.request({ ...requestOf(operation, traceId), signal });
        const text = await response.body.text();
        const { 'content-type': type, ...others } = response.headers;
        const headers = JSON.stringify({ type, ...others });
        return { status: response.statusCode, type: String(type), traceId, headers, text };
      }),
    close: () => pool.destroy(),
  };
}

function requestOf(operation: Operation, traceId: string) {
  const { owner, place, question, accept, isGet, isAnonymous } = operation;
  const { document: query, operationName } = question;
  const variables = operation.isReversed ? reversed(question.variables) : question.variables;
  const headers = {
    ...(!isAnonymous && { authorization: `Bearer ${owner.key}` }),
    traceparent: `00-${traceId}-${traceId.slice(0, 16)}-01`,
    ...(accept && { accept }),
    ...(place !== 'personal' && { 'x-workspace-id': place }),
  };
  if (isGet) {
    const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
    if (operationName) search.set('operationName', operationName);
    return { method: 'GET', path: `/graphql?${search}`, headers } as const;
  }
  const body = JSON.stringify({ query, variables, operationName });
  return {
    method: 'POST',
    path: '/graphql',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  } as const;
}

const reversed = (object: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(object)
      .toReversed()
      .map(([name, value]) => [
        name,
        typeof value === 'object' && value !== null ? reversed(value as typeof object) : value,
      ]),
  );
