import { refusal, TOO_LARGE } from './upload-limits.ts';

/** Operations that one request may hold. */
export const MAX_BATCH = 10;

/** Of all their documents: a batch may take no longer to read than one of the dearest documents does. */
const MAX_BATCH_CHARACTERS = 2500;

const OBJECT = '{'.charCodeAt(0);

/** How many operations a body holds; 1 where it holds none, which is then yoga's to say. Throws where they are too many. */
export function batchSize(body: Buffer): number {
  if (body[0] === OBJECT) return 1;
  // Trimmed of a byte order mark too, as whoever parses it next will do.
  const text = body.toString().trimStart();
  if (!text.startsWith('[')) return 1;
  const batch = listIn(text);
  if (!batch) return 1;
  checkLength(batch.length);
  checkCharacters(batch);
  return batch.length;
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

function listIn(text: string): unknown[] | undefined {
  try {
    return JSON.parse(text) as unknown[];
  } catch {
    return undefined;
  }
}
