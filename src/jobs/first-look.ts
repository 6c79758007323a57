import type { Context } from '../context.ts';
import { scopeIn } from '../scope.ts';
import { type Job, readJob } from './job.ts';
import { type Sighting, sightingOf } from './sighting.ts';

/** Each job as it is now, read by who asks for it; a failure is told as that of any query. */
export async function look(context: Context, jobs: Iterable<Job>): Promise<Sighting[]> {
  const scope = scopeIn(context);
  const now = context.jobs.clock.now();
  return Promise.all(
    Array.from(jobs, async (job) =>
      sightingOf(job, await readJob(scope, job), { now, since: now }),
    ),
  );
}
