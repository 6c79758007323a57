/** How often Astria is asked. */
import type { Tune } from '../entities/tune/rest.ts';
import { type Moment, momentOf, type Sighting } from './sighting.ts';

/** Each a multiple of the one before: what is looked at seldom is looked at together with what is looked at often. */
const STEPS_MS = [2000, 4000, 12_000, 60_000] as const;
export const SHORTEST_MS = STEPS_MS[0];
export const LONGEST_MS = STEPS_MS[3];
/** A look comes late by a tenth of what a job has taken so far, at most. */
const PATIENCE = 10;

/** From one look at a job to the next. `isHeard`: Astria's callbacks come, so that looks are for those that are lost. */
export function stepMs({ job, row }: Sighting, { now, since }: Moment, isHeard: boolean): number {
  const began = momentOf(row?.started_training_at) ?? momentOf(row?.created_at) ?? since;
  const eta = job.kind === 'Tune' ? momentOf((row as Tune | null)?.eta) : undefined;
  const wanted = (eta === undefined ? now - began : Math.abs(eta - now)) / PATIENCE;
  const index = STEPS_MS.findLastIndex((step) => step <= wanted);
  return STEPS_MS[Math.max(0, index) + (isHeard ? 1 : 0)] ?? LONGEST_MS;
}

/** On the grid of those who wait together, at least half a step from now. */
export const nextOnGrid = (start: number, now: number, step: number): number =>
  start + Math.ceil((now - start + step / 2) / step) * step;

/** After failures in a row. */
export const backoffMs = (failures: number): number =>
  Math.min(LONGEST_MS, SHORTEST_MS * 2 ** failures);
