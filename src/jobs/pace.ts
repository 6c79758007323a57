/** How often jobs are polled, and by how many calls. */
import type { Tune } from '../entities/tune/rest.ts';
import { type Moment, momentOf, type Sighting } from './sighting.ts';

/** Each is a multiple of the one before, so that rare polls fall together with frequent ones. */
const STEPS_MS = [2000, 4000, 12_000, 60_000] as const;
export const SHORTEST_MS = STEPS_MS[0];
export const LONGEST_MS = STEPS_MS[3];
/** A poll is late by at most a tenth of the time that the job has taken so far. */
const PATIENCE = 10;

/** Returns the interval between polls of a job. It is longer if callbacks arrive (`isHeard`): polls then only find lost ones. */
export function stepMs({ job, row }: Sighting, { now, since }: Moment, isHeard: boolean): number {
  const began = momentOf(row?.started_training_at) ?? momentOf(row?.created_at) ?? since;
  const eta = job.kind === 'Tune' ? momentOf((row as Tune | null)?.eta) : undefined;
  const wanted = (eta === undefined ? now - began : Math.abs(eta - now)) / PATIENCE;
  const index = STEPS_MS.findLastIndex((step) => step <= wanted);
  return STEPS_MS[Math.max(0, index) + (isHeard ? 1 : 0)] ?? LONGEST_MS;
}

/** Returns the next moment on the watcher's grid that is at least half a step away. */
export const nextOnGrid = (start: number, now: number, step: number): number =>
  start + Math.ceil((now - start + step / 2) / step) * step;

/** Returns the wait after this number of failures in a row. */
export const backoffMs = (failures: number): number =>
  Math.min(LONGEST_MS, SHORTEST_MS * 2 ** failures);

/** The most calls of a poll if the ids are scattered. Adjacent ids take one call for each hundred. */
const MAX_SCATTERED = 20;
const IDS_PER_CALL = 100;
const SPARE_CALLS = 3;

export const maxCallsFor = (ids: number) =>
  Math.max(MAX_SCATTERED, Math.ceil(ids / IDS_PER_CALL) + SPARE_CALLS);
