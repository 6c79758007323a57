import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Answer } from './answer.ts';

/** The request headers that the answer depends on. */
export const VARY = 'Authorization, X-Workspace-Id, Origin, Accept, Accept-Encoding';

/** Shared answers are hashed once. */
const etags = new WeakMap<Buffer, string>();

/**
 * Adds an ETag if a cache may store the answer. It is a hash of the exact bytes, so each encoding has its own. A client that
 * has these bytes gets a 304 without a body.
 */
export function validated({ headers }: IncomingMessage, answer: Answer): Answer {
  const policy = answer.headers['cache-control'];
  if (policy === undefined) return answer;
  const etag = etagOf(answer.body);
  if (!isKnown(etag, headers['if-none-match'])) {
    return { ...answer, headers: { ...answer.headers, etag } };
  }
  return { ...answer, status: 304, headers: { 'cache-control': policy, etag }, body: NOTHING };
}

const NOTHING = Buffer.alloc(0);

function etagOf(bytes: Buffer): string {
  const known = etags.get(bytes);
  if (known) return known;
  const etag = `"${hash('sha256', bytes, 'base64url')}"`;
  etags.set(bytes, etag);
  return etag;
}

/** A cache on the way may have marked the ETag as weak. For a GET that makes no difference. */
const isKnown = (etag: string, ifNoneMatch = '') =>
  ifNoneMatch.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));
