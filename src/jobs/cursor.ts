/** Writes and reads cursors: which version of each job a client has received. The client keeps it, so no stream is stored. */
import { badRequest } from '../graphql/errors.ts';
import { type Job, type JobKind, jobOf, MAX_JOBS } from './job.ts';
import type { Version } from './sighting.ts';

/** The versions that a client has received, by the keys of the jobs. */
export type Told = Map<string, { job: Job; version: Version }>;

const FORMAT = '1';
const LETTERS = { Prompt: 'P', Tune: 'T' } as const;
/** An id, a rank, a number of images, milliseconds and a mark, in base 36, so that a hundred entries take less than 4 kB. */
const ENTRY =
  /^([PT])([0-9a-z]{1,11})\.([0-7])\.([0-9a-z]{1,2})\.([0-9a-z]{1,9})\.([0-9a-z]{1,6})$/;
const MAX_CHARACTERS = 4096;

export function cursorOf(told: Told): string {
  const entries = Array.from(told.values(), ({ job: { kind, id }, version }) => {
    const { rank, images, updatedAt, mark } = version;
    return LETTERS[kind] + [id, rank, images, updatedAt, mark].map(short).join('.');
  });
  return [FORMAT, ...entries].join('~');
}

const short = (value: number) => value.toString(36);

/** Throws if the text is not a cursor. `where` is the argument or the header, for the error. */
export function readCursor(text: string, where: string): Told {
  const [format, ...entries] = text.length > MAX_CHARACTERS ? [] : text.split('~');
  const told: Told = new Map();
  for (const entry of entries) {
    const [, letter, ...numbers] = ENTRY.exec(entry) ?? [];
    const kind: JobKind = letter === 'P' ? 'Prompt' : 'Tune';
    const [id = 0, rank = 0, images = 0, updatedAt = 0, mark = 0] = numbers.map(long);
    if (!letter || !Number.isSafeInteger(id)) throw noCursor(text, where);
    const job = jobOf(kind, id);
    told.set(job.key, { job, version: { rank, images, updatedAt, mark } });
  }
  if (format !== FORMAT || told.size > MAX_JOBS) throw noCursor(text, where);
  return told;
}

const long = (digits: string) => Number.parseInt(digits, 36);

const SHOWN_CHARACTERS = 60;

const noCursor = (text: string, where: string) =>
  badRequest(
    `${where} is ${JSON.stringify(text.slice(0, SHOWN_CHARACTERS))}, which is not a cursor: give the \`cursor\` of an event as it came, or leave it out.`,
  );
