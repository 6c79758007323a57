import { badRequest, type Limit } from '../graphql/errors.ts';
import type { Answer } from './answer.ts';
import type { Incoming } from './incoming.ts';
import { refusal, TOO_LARGE } from './uploads/limits.ts';

/** The most operations in one request. */
export const MAX_BATCH = 10;

/**
 * The most characters of all documents of a batch: ten of 2,000, which is the length of GraphiQL's introspection query. The
 * most expensive documents of that length take about 30 ms to read.
 */
const MAX_BATCH_CHARACTERS = 20_000;

/** A longer batch gets a single error, so that the answer is not longer than the request. */
const MAX_TOLD = 100;

/** Throws if a request has no operation, too many, or too long ones. */
export function checkBatch(batch: readonly unknown[]) {
  checkLength(batch.length);
  checkCharacters(batch);
}

function checkLength(found: number) {
  const limit = { name: 'batch', max: MAX_BATCH, found };
  if (found === 0) throw refusal('The request is an empty list: send an operation.', limit);
  if (found <= MAX_BATCH) return;
  throw tooLarge(
    `The request holds ${found} operations, but at most ${MAX_BATCH} are allowed: send several requests.`,
    limit,
  );
}

function checkCharacters(batch: readonly unknown[]) {
  const found = batch.reduce<number>((sum, one) => sum + lengthOfQuery(one), 0);
  if (found <= MAX_BATCH_CHARACTERS) return;
  throw tooLarge(
    `The documents of the request have ${found} characters together, but a batch may have at most ${MAX_BATCH_CHARACTERS}: send them one by one.`,
    { name: 'batchCharacters', max: MAX_BATCH_CHARACTERS, found },
  );
}

function lengthOfQuery(operation: unknown): number {
  const { query } = (operation ?? {}) as { query?: unknown };
  return typeof query === 'string' ? query.length : 0;
}

/** With `application/json` the status is 200, because older clients show no error with another one. */
function tooLarge(message: string, limit: Limit) {
  const error = badRequest(message, limit);
  error.extensions.http = { status: TOO_LARGE, spec: true };
  return error;
}

/** Repeats the refusal of a batch for each operation. Clients that batch their operations cannot read another form. */
export function forEachOperation(answer: Answer, params: Incoming['params']): Answer {
  if (!Array.isArray(params) || params.length === 0 || params.length > MAX_TOLD) return answer;
  const body = Buffer.from(`[${Array(params.length).fill(answer.body.toString()).join(',')}]`);
  return { ...answer, headers: { ...answer.headers, 'content-length': String(body.length) }, body };
}
