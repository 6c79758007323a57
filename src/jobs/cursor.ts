/** What a client has been told, in a text that it brings back: no stream is stored anywhere. */
import { badRequest } from '../graphql/errors.ts';
import { type Job, type JobKind, jobOf, MAX_JOBS } from './job.ts';
import type { Version } from './sighting.ts';

/** By the keys of the jobs. */
export type Told = Map<string, { job: Job; version: Version }>;

const FORMAT = '1';
const LETTERS = { Prompt: 'P', Tune: 'T' } as const;
/** In base 36: an id, a rank, a number of images, milliseconds, a mark. So that a hundred of them take less than 4 kB. */
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

/** `where` is the argument or the header, for the error. */
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
