import type { Context } from '../context.ts';
import { notFound, retryAfterOf } from '../graphql/errors.ts';
import { scopeIn } from '../scope.ts';
import { readCursor, type Told } from './cursor.ts';
import { look } from './first-look.ts';
import { type Job, seeJob } from './job.ts';
import { endOf, isLater } from './sighting.ts';
import { type JobEvent, JobStream } from './stream.ts';

/** Throws where one of the jobs is not there, and was not told of before; nothing is opened then. */
export async function openStream(
  context: Context,
  jobs: readonly Job[],
  after: string | null | undefined,
): Promise<JobStream> {
  const told = toldBefore(context, after);
  const { clock, seats } = context.jobs;
  const seat = seats.take(context, true);
  try {
    const distinct = [...new Map(jobs.map((job) => [job.key, job])).values()];
    const sightings = await look(context, distinct);
    const missing = sightings.find(({ job, row }) => !row && !told.has(job.key));
    if (missing) throw notFound(missing.job.kind, missing.job.id);
    const onCut = () => {
      if (context.stream) context.stream.isCut = true;
    };
    const admit = () => spend(context);
    const stream = new JobStream({ clock, seat, jobs: distinct, told, admit, onCut });
    for (const sighting of sightings) stream.seen(sighting);
    const open = sightings.filter(
      ({ job, version }) => !endOf(version) && !isOver(told.get(job.key)?.version, version),
    );
    const unwatch = context.jobs.watcherFor(context).watch(open, stream);
    if (seat.ended.aborted) unwatch();
    else seat.ended.addEventListener('abort', unwatch, { once: true });
    return stream;
  } catch (error) {
    seat.leave();
    throw error;
  }
}

type Version = Parameters<typeof endOf>[0];

/** Its end was told before, and is not behind what is seen now. */
const isOver = (told: Version | undefined, seen: Version) =>
  told !== undefined && endOf(told) !== null && !isLater(seen, told);

/** Who comes back by itself brings its last event in a header, and the same address as before. */
function toldBefore({ stream }: Context, after: string | null | undefined): Told {
  if (stream?.lastEventId) return readCursor(stream.lastEventId, 'The header `Last-Event-ID`');
  return after ? readCursor(after, '`after`') : new Map();
}

/** Each event counts as an operation; one that would be too many is told later, and is then the newest. */
async function spend({ jobs, countedAs }: Context): Promise<number | undefined> {
  try {
    await jobs.spend(countedAs());
    return undefined;
  } catch (error) {
    return retryAfterOf(error);
  }
}

/** What the event tells of is not read again. */
export function received(event: JobEvent, context: Context): JobEvent {
  if (event.failure) throw event.failure.error;
  seeJob(scopeIn(context), event.row);
  return event;
}
