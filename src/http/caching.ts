import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Answer } from './answer.ts';

/** By which headers of a request its answer differs, whatever the answer is. */
export const VARY = 'Authorization, X-Workspace-Id, Origin, Accept, Accept-Encoding';

/** Answers that are shared are hashed once. */
const etags = new WeakMap<Buffer, string>();

/**
 * With an ETag, where a cache may keep the answer: of the very bytes, so that each encoding has its own. Without a body where the
 * client has them.
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

/** A cache between may have marked it as weak: for a GET that is the same. */
const isKnown = (etag: string, ifNoneMatch = '') =>
  ifNoneMatch.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));
