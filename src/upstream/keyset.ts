import { MAX_LIMIT, type Page } from './client.ts';
import { AnsweredWithFailure, OutOfContract } from './errors.ts';

type Row = { id: number };

export interface KeysetReads<R extends Row> {
  /** Reads rows with an id below `before_id`, newest first. */
  window(page: Page): Promise<R[]>;
  one(id: number): Promise<R>;
  /** Returns whether the id is known to be in none of the account's lists. Such ids are read singly at once. */
  isUnlisted?(id: number): boolean;
}

/** Up to this many ids are read singly: a window would save too little. */
export const FEW = 3;

/**
 * Reads rows by their ids in as few calls as possible. Astria cannot return several rows by id, so it reads a window of the
 * list that covers many of the ids, further windows as long as they pay, and single rows for the ids that the windows did not
 * contain. N ids cost at most N + 1 calls. The result has the order of `ids`: a row, null if there is none, or an Error.
 */
export function keysetReader<R extends Row>(reads: KeysetReads<R>) {
  return async function readByIds(ids: readonly number[]): Promise<(R | null | Error)[]> {
    let windowsPay = true;
    const found = new Map<number, R | null | Error>();
    const unlisted = ids.filter((id) => reads.isUnlisted?.(id));
    const listed = ids.filter((id) => !unlisted.includes(id)).sort((a, b) => b - a);
    const readEach = async (some: readonly number[]) => {
      const rows = await readSingly(some, reads.one);
      for (const [index, id] of some.entries()) found.set(id, rows[index] as R | null | Error);
    };

    await Promise.all([readEach(unlisted), readListed(listed)]);
    return ids.map((id) => found.get(id) ?? null);

    async function readListed(wanted: number[]): Promise<unknown> {
      if (!windowsPay || wanted.length <= FEW) return readEach(wanted);
      const [highest, lowest] = [wanted[0] as number, wanted.at(-1) as number];
      const limit = Math.min(MAX_LIMIT, highest - lowest + 1);
      const rows = await reads.window({ before_id: highest + 1, limit }).catch(asError);
      if (rows instanceof Error) {
        for (const id of wanted) found.set(id, rows);
        return;
      }
      const byId = new Map(rows.map((row) => [row.id, row]));
      // The page is complete if it is empty (the end of the list) or if its limit covers the whole span of ids.
      const isWhole = rows.length === 0 || limit < MAX_LIMIT;
      const floor = isWhole ? lowest : Math.min(highest, ...byId.keys());
      const below = wanted.filter((id) => id < floor);
      const passed = wanted.filter((id) => id >= floor);
      const hits = passed.filter((id) => byId.has(id));
      for (const id of hits) found.set(id, byId.get(id) as R);
      windowsPay = hits.length > FEW;
      return Promise.all([readEach(passed.filter((id) => !byId.has(id))), readListed(below)]);
    }
  };
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

/** Reads a row by its id through a list, and so with the fields that lists have. */
export async function rowIn<R extends Row>(id: number, list: KeysetReads<R>['window']) {
  const [row] = await list({ before_id: id + 1, limit: 1 });
  return row?.id === id ? row : undefined;
}

/**
 * Reads a row by its id for a caller who may see only some rows. Returns null if Astria refuses this id, so that a hidden row
 * looks like a missing one.
 */
export const ifTold = <R>(read: Promise<R>): Promise<R | null> =>
  read.catch((error) => {
    if (error instanceof OutOfContract || isAboutThis(error)) return null;
    throw error;
  });

/** Returns whether a failure concerns this id. 401 and 429 concern the key. */
const isAboutThis = (error: unknown) =>
  error instanceof AnsweredWithFailure &&
  error.status >= 400 &&
  error.status < 500 &&
  ![401, 429].includes(error.status);

/** Throws what Astria's 404 throws. */
export function absent(): never {
  throw new AnsweredWithFailure({ method: 'GET', route: '/' }, { status: 404 });
}

/** Makes a call for each key. The result has the order of the keys: a row, null for a 404, or an Error. */
export const readSingly = <Key, R>(keys: readonly Key[], read: (key: Key) => Promise<R>) =>
  Promise.all(
    keys.map((key) =>
      read(key).catch((error): null | Error => (isNotFound(error) ? null : asError(error))),
    ),
  );

const isNotFound = (error: unknown) => error instanceof AnsweredWithFailure && error.status === 404;
