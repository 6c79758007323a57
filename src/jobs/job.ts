import { type PromptRow, promptById } from '../entities/prompt/loader.ts';
import { type TuneRow, tuneById } from '../entities/tune/loader.ts';
import { badRequest } from '../graphql/errors.ts';
import { parseGlobalId } from '../graphql/ids.ts';
import type { Scope } from '../scope.ts';

export type JobKind = 'Prompt' | 'Tune';

/** A prompt or a tune that Astria makes and that a client waits for. */
export interface Job {
  kind: JobKind;
  id: number;
  /** The identity of the job, made of kind and id. */
  key: string;
}

export type JobRow = PromptRow | TuneRow;

/** Reads jobs, and returns a row for each in the same order, or an Error if it could not be read. Never rejects. */
export type ReadJobs = (
  jobs: readonly Job[],
  maxCalls: number,
) => Promise<(JobRow | null | Error)[]>;

export const MAX_JOBS = 100;

export const jobOf = (kind: JobKind, id: number): Job => ({ kind, id, key: `${kind}:${id}` });

export function jobAtKey(key: string): Job {
  const [kind, id] = key.split(':');
  return jobOf(kind as JobKind, Number(id));
}

const KINDS: Record<string, JobKind> = { prompt: 'Prompt', tune: 'Tune' };

/** Returns the ledger's name of a job: `prompt:1`. */
export const nameOf = ({ kind, id }: Job) => `${kind.toLowerCase()}:${id}`;

/** Returns the job that the ledger names `prompt:1` or `tune:2`. */
export function jobNamed(name: string): Job {
  const [kind = '', id] = name.split(':');
  return jobOf(KINDS[kind] ?? 'Prompt', Number(id));
}

/** Reads an argument `ids`, and keeps its order. */
export function jobsIn(ids: readonly string[]): Job[] {
  if (ids.length > MAX_JOBS) {
    throw badRequest(`\`ids\` holds ${ids.length} ids; wait for at most ${MAX_JOBS} at once.`, {
      name: 'ids',
      max: MAX_JOBS,
      found: ids.length,
    });
  }
  return ids.map(jobAt);
}

function jobAt(id: string, index: number): Job {
  const parsed = parseGlobalId(id);
  if (parsed?.name === 'Prompt') return jobOf('Prompt', parsed.id);
  if (parsed?.name === 'Tune') return jobOf('Tune', parsed.id);
  const found = parsed
    ? `the id of a ${parsed.name}: only prompts and tunes can be waited for`
    : 'not a global id: give the `id` of a prompt or a tune, not its `astriaId`, which `prompt(id:)` and `tune(id:)` take';
  throw badRequest(`\`ids.${index}\` is ${JSON.stringify(id)}, which is ${found}.`);
}

/** Reads a job through the loaders, which batch. Null if there is none. */
export const readJob = (scope: Scope, { kind, id }: Job): JobRow | Promise<JobRow | null> =>
  kind === 'Prompt' ? promptById(scope).load(id) : tuneById(scope).load(id);

/** Tells the loaders of a scope what was read elsewhere. */
export function seeJob(scope: Scope, row: JobRow | null) {
  if (row?.__typename === 'Prompt') promptById(scope).see([row]);
  else if (row) tuneById(scope).see([row]);
}
