/** Clients of the gateway, over HTTP as any: some leave before they are answered, some in the midst of their files. */
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { leavingAfter } from '../support/leaving.ts';
import { BOUNDARY, END, file, PNG, PREFLIGHT, text } from '../support/multipart.ts';
import type { Party } from './parties.ts';

export interface Ask {
  party: Party;
  query: string;
  variables?: object;
  /** Two files, of so many bytes each, for `input.images`. */
  fileBytes?: number;
  leavesAfterMs?: number;
}

export interface GraphError {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; outcome?: string; fieldErrors?: unknown };
}

export interface Told {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was asked for.
  data?: any;
  errors?: GraphError[];
}

/** A hang is a defect too, and has to end. */
const LONGEST_MS = 30_000;

export function createClient(url: string) {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { headersTimeout: LONGEST_MS, bodyTimeout: LONGEST_MS });
  return {
    /** Undefined for a client that has left. Throws where there is no answer, or none of GraphQL's. */
    send: (ask: Ask): Promise<Told | undefined> =>
      leavingAfter(ask.leavesAfterMs, async (signal) => {
        const { statusCode: status, body } = await pool.request({
          method: 'POST',
          path: pathname,
          ...requestOf(ask, signal),
          signal,
        });
        return { status, ...((await body.json()) as object) };
      }),
    close: () => pool.destroy(),
  };
}

export type Client = ReturnType<typeof createClient>;

function requestOf(
  { party, query, variables, fileBytes, leavesAfterMs }: Ask,
  signal: AbortSignal,
) {
  const operations = { query, variables };
  if (fileBytes === undefined) {
    const headers = { ...party.headers, 'content-type': 'application/json' };
    return { headers, body: JSON.stringify(operations) };
  }
  const map = Object.fromEntries([0, 1].map((n) => [n, [`variables.input.images.${n}.file`]]));
  const whole = [text('operations', operations), text('map', map)];
  // The same bytes each time: a repetition is compared by them.
  for (const name of ['0', '1'])
    whole.push(file(name, Buffer.concat([PNG, Buffer.alloc(fileBytes)])));
  const type = `multipart/form-data; boundary=${BOUNDARY}`;
  const headers = { ...party.headers, ...PREFLIGHT, 'content-type': type };
  const parts = [...whole, END];
  return {
    headers,
    body: leavesAfterMs === undefined ? Buffer.concat(parts) : Readable.from(slowly(parts, signal)),
  };
}

/** So that who leaves may be in the midst of it. */
async function* slowly(parts: readonly Buffer[], signal: AbortSignal) {
  for (const part of parts) {
    yield part;
    await sleep(20, undefined, { signal }).catch(() => {});
  }
}
