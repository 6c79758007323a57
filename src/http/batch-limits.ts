import { refusal, TOO_LARGE } from './upload-limits.ts';

/** Operations that one request may hold. */
export const MAX_BATCH = 10;

/** Of all their documents: a batch may take no longer to read than one of the dearest documents does. */
const MAX_BATCH_CHARACTERS = 2500;

/** Throws where a request holds no operation, or too many, or too long ones. */
export function checkBatch(batch: readonly unknown[]) {
  checkLength(batch.length);
  checkCharacters(batch);
}

function checkLength(found: number) {
  const limit = { name: 'batch', max: MAX_BATCH, found };
  if (found === 0) throw refusal('The request is an empty list: send an operation.', limit);
  if (found <= MAX_BATCH) return;
  throw refusal(
    `The request holds ${found} operations, where ${MAX_BATCH} are allowed: send several requests.`,
    limit,
    TOO_LARGE,
  );
}

function checkCharacters(batch: readonly unknown[]) {
  const found = batch.reduce<number>((sum, one) => sum + lengthOfQuery(one), 0);
  if (found <= MAX_BATCH_CHARACTERS) return;
  throw refusal(
    `The documents of the request have ${found} characters together, where a batch may have ${MAX_BATCH_CHARACTERS}: send them one by one.`,
    { name: 'batchCharacters', max: MAX_BATCH_CHARACTERS, found },
    TOO_LARGE,
  );
}

function lengthOfQuery(operation: unknown): number {
  const { query } = (operation ?? {}) as { query?: unknown };
  return typeof query === 'string' ? query.length : 0;
}
