/** Every answer that the upstream has, as a file each; what is not among them is a 404, which the bench reports. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BodySet } from './set.ts';

export interface Answer {
  path: string;
  /** Empty where the question has none. */
  beforeId: number | '';
  limit: number | '';
  file: string;
  /** Of the content before the key is put in. */
  digest: string;
}

const MAX_LIMIT = 120;
export const PAGES = 10;

/** Writes the files, and says which answers which question. */
export function writeBodies(folder: string, set: BodySet): Answer[] {
  return questions(set).map(({ path, beforeId, limit, body }, index) => {
    const file = `${index}.json`;
    const text = set.write(body);
    writeFileSync(join(folder, file), text);
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 32);
    return { path, beforeId, limit, file, digest };
  });
}

function questions(set: BodySet) {
  const { tunes, usedTunes, prompts, page } = set;
  // What clients ask for: their page, one more to know whether there is a next, and the most there is.
  const limits = [20, 21, page, page + 1, MAX_LIMIT];
  const [highest, lowest] = [usedTunes[0]?.id ?? 0, usedTunes.at(-1)?.id ?? 0];
  const window = { beforeId: highest + 1, limits: [Math.min(MAX_LIMIT, highest - lowest + 1)] };
  const pages = Array.from({ length: PAGES - 1 }, (_, index) => pageEnd(set, index));
  return [
    ...listed('/tunes', tunes, [
      { beforeId: '', limits },
      window,
      ...pages.map((beforeId) => ({ beforeId, limits })),
    ]),
    ...listed('/prompts', prompts, [{ beforeId: '', limits }]),
    ...usedTunes.map((tune) => single(`/tunes/${tune.id}`, tune)),
  ];
}

/** The last id of a page: the next one lies below it. */
export const pageEnd = ({ tunes, page }: BodySet, index: number): number =>
  tunes[(index + 1) * page - 1]?.id ?? 0;

interface Window {
  /** Empty from the newest on. */
  beforeId: number | '';
  limits: number[];
}

const listed = (path: string, rows: readonly { id: number }[], windows: Window[]) => [
  { path, beforeId: '' as const, limit: '' as const, body: rows.slice(0, 20) },
  ...windows.flatMap(({ beforeId, limits }) =>
    limits.map((limit) => {
      const below = beforeId === '' ? rows : rows.filter((row) => row.id < beforeId);
      return { path, beforeId, limit, body: below.slice(0, limit) };
    }),
  ),
];

const single = (path: string, body: object) => ({
  path,
  beforeId: '' as const,
  limit: '' as const,
  body,
});
