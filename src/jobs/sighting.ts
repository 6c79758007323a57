/** Sightings: what a row of Astria says about a job, and which of two is later. */
import { hash } from 'node:crypto';
import type { Prompt } from '../entities/prompt/rest.ts';
import { statusOfPrompt } from '../entities/prompt/status.ts';
import type { Tune } from '../entities/tune/rest.ts';
import { statusOfTune } from '../entities/tune/status.ts';
import type { Job, JobRow } from './job.ts';

export type JobEnd = 'FINISHED' | 'FAILED' | 'GONE' | 'GAVE_UP';

/** The progress of a job. A larger rank is always later: a failure may turn into a success, but never back. */
const RANKS = {
  QUEUED: 0,
  RUNNING: 1,
  /** A failure that Astria may still try again. */
  FAILING: 2,
  GAVE_UP: 3,
  FAILED: 4,
  FINISHED: 5,
  EXPIRED: 6,
  GONE: 7,
} as const;
type Rank = (typeof RANKS)[keyof typeof RANKS];

const ENDS: Partial<Record<number, JobEnd>> = {
  [RANKS.GAVE_UP]: 'GAVE_UP',
  [RANKS.FAILED]: 'FAILED',
  [RANKS.FINISHED]: 'FINISHED',
  [RANKS.EXPIRED]: 'FINISHED',
  [RANKS.GONE]: 'GONE',
};

/** Compared field by field, the most significant first. A client that has received one gets only later ones. */
export interface Version {
  rank: number;
  images: number;
  /** Epoch milliseconds. */
  updatedAt: number;
  /** A hash of the other fields that matter, so that versions that are equal in the rest still differ. */
  mark: number;
}

export interface Sighting {
  job: Job;
  /** Null if the job is gone. */
  row: JobRow | null;
  version: Version;
}

/** Returns why the job will not change any more. Null if it still may. */
export const endOf = ({ rank }: Version): JobEnd | null => ENDS[rank] ?? null;

export function isLater(version: Version, than: Version | undefined): boolean {
  if (!than) return true;
  for (const name of ['rank', 'images', 'updatedAt', 'mark'] as const) {
    if (version[name] !== than[name]) return version[name] > than[name];
  }
  return false;
}

export interface Moment {
  now: number;
  /** When the job was first seen here, for rows without a date. */
  since: number;
}

export function sightingOf(job: Job, row: JobRow | null, moment: Moment): Sighting {
  if (!row) {
    return { job, row, version: { rank: RANKS.GONE, images: 0, updatedAt: 0, mark: 0 } };
  }
  const prompt = row.__typename === 'Prompt' ? row : undefined;
  return {
    job,
    row,
    version: {
      rank: row.__typename === 'Prompt' ? rankOfPrompt(row, moment) : rankOfTune(row, moment),
      images: Math.min(prompt?.images?.length ?? 0, MAX_IMAGES),
      updatedAt: momentOf(row.updated_at) ?? 0,
      mark: markOf(row),
    },
  };
}

/** Higher numbers are counted as this one, because a cursor has little room. */
const MAX_IMAGES = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The time within which Astria may retry what has failed. */
const FAILING_MS = 2 * MINUTE_MS;
/** A prompt is given up after this time. It usually takes a quarter of an hour at most. */
const LONGEST_PROMPT_MS = 24 * HOUR_MS;
/** A tune is given up this long after its `eta`, because Astria does not report failed trainings. */
const LATEST_AFTER_ETA_MS = 2 * HOUR_MS;
const LONGEST_TRAINING_MS = 6 * HOUR_MS;

function rankOfPrompt(prompt: Prompt, { now, since }: Moment): Rank {
  const status = statusOfPrompt(prompt);
  if (status === 'SUCCEEDED') return RANKS.FINISHED;
  if (status === 'FAILED') {
    const failedAt = momentOf(prompt.updated_at) ?? since;
    return prompt.trained_at || now - failedAt >= FAILING_MS ? RANKS.FAILED : RANKS.FAILING;
  }
  if (now - (momentOf(prompt.created_at) ?? since) >= LONGEST_PROMPT_MS) return RANKS.GAVE_UP;
  return status === 'PROCESSING' ? RANKS.RUNNING : RANKS.QUEUED;
}

function rankOfTune(tune: Tune, { now, since }: Moment): Rank {
  const status = statusOfTune(tune, now);
  if (status === 'READY') return RANKS.FINISHED;
  if (status === 'EXPIRED') return RANKS.EXPIRED;
  const eta = momentOf(tune.eta);
  const latest =
    eta === undefined
      ? (momentOf(tune.created_at) ?? since) + LONGEST_TRAINING_MS
      : eta + LATEST_AFTER_ETA_MS;
  if (now >= latest) return RANKS.GAVE_UP;
  return status === 'TRAINING' ? RANKS.RUNNING : RANKS.QUEUED;
}

export const momentOf = (text: string | null | undefined): number | undefined =>
  text ? Date.parse(text) || undefined : undefined;

const MARK_DIGITS = 7;

/** Hashes the fields that matter. Addresses of files are left out, because each answer may sign them anew. */
function markOf(row: JobRow): number {
  const { started_training_at, trained_at, user_error, error, eta } = row as Prompt & Tune;
  const seen = JSON.stringify([started_training_at, trained_at, user_error ?? error, eta]);
  return Number.parseInt(hash('sha256', seen).slice(0, MARK_DIGITS), 16);
}
