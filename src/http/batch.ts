import { refusal, TOO_LARGE } from './upload-limits.ts';

/** Operations that one request may hold. */
export const MAX_BATCH = 10;

const OBJECT = '{'.charCodeAt(0);

/** How many operations a body holds; 1 where it holds none, which is then yoga's to say. Throws where they are too many. */
export function batchSize(body: Buffer): number {
  if (body[0] === OBJECT) return 1;
  // Trimmed of a byte order mark too, as whoever parses it next will do.
  const text = body.toString().trimStart();
  if (!text.startsWith('[')) return 1;
  const found = lengthOf(text);
  if (found <= MAX_BATCH) return Math.max(1, found);
  throw refusal(
    `The request holds ${found} operations, where ${MAX_BATCH} are allowed: send several requests.`,
    { name: 'batch', max: MAX_BATCH, found },
    TOO_LARGE,
  );
}

function lengthOf(text: string): number {
  try {
    return (JSON.parse(text) as unknown[]).length;
  } catch {
    return 1;
  }
}
