import type { Context } from '../context.ts';
import { notFound, retryAfterOf } from '../graphql/errors.ts';
import { scopeIn } from '../scope.ts';
import { readCursor, type Told } from './cursor.ts';
import { look } from './first-look.ts';
import { type Job, seeJob } from './job.ts';
import { endOf, isLater } from './sighting.ts';
import { type JobEvent, JobStream } from './stream.ts';

/** Opens a stream. Throws before anything is opened if a job does not exist and is not in the cursor. */
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

/** Returns whether the client has received the end of the job, and nothing later is seen now. */
const isOver = (told: Version | undefined, seen: Version) =>
  told !== undefined && endOf(told) !== null && !isLater(seen, told);

/** Reads the cursor. `EventSource` reconnects with its last event id in a header, and with the old `after` in the address. */
function toldBefore({ stream }: Context, after: string | null | undefined): Told {
  if (stream?.lastEventId) return readCursor(stream.lastEventId, 'The header `Last-Event-ID`');
  return after ? readCursor(after, '`after`') : new Map();
}

/** Counts an event as an operation. Returns how long to wait if there were too many; the newest state is sent then. */
async function spend({ jobs, countedAs }: Context): Promise<number | undefined> {
  try {
    await jobs.spend(countedAs());
    return undefined;
  } catch (error) {
    return retryAfterOf(error);
  }
}

/** Puts the event's row into the loaders, so that it is not read again. Throws if the stream has failed. */
export function received(event: JobEvent, context: Context): JobEvent {
  if (event.failure) throw event.failure.error;
  seeJob(scopeIn(context), event.row);
  return event;
}
