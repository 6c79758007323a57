import type { Context } from '../context.ts';
import { scopeIn } from '../scope.ts';
import { type Job, readJob } from './job.ts';
import { type Sighting, sightingOf } from './sighting.ts';

/** Reads each job with the caller's own context. Failures are those of any query. */
export async function look(context: Context, jobs: Iterable<Job>): Promise<Sighting[]> {
  const scope = scopeIn(context);
  const now = context.jobs.clock.now();
  return Promise.all(
    Array.from(jobs, async (job) =>
      sightingOf(job, await readJob(scope, job), { now, since: now }),
    ),
  );
}
