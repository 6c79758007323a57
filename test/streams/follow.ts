/** A client that waits for jobs until all are done, whatever becomes of its streams. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type JobTold, openJobs } from './client.ts';

export interface Followed {
  ids: readonly number[];
  key: string;
  /** Returns the address to open the next stream at. */
  url(): string;
  /** The epoch milliseconds after which what is not told is lost. */
  until: number;
  /** Whether Astria fails meanwhile, so that a stream may be refused. */
  mayFail?: boolean;
  /** Returns how long to stay with a stream before leaving it for a new one. It stays to the end if left out. */
  staysMs?(): number;
}

export interface FollowTally {
  /** How many streams were opened again. */
  resumed: number;
  /** Final states that were not told. */
  lost: number;
  /** States that were told again to a client with a cursor. */
  repeated: number;
  /** States that were told after later ones. */
  backwards: number;
}

const RANKS = ['QUEUED', 'PROCESSING', 'SUCCEEDED'];
const PAUSE_MS = 50;
const PAUSE_AFTER_ERROR_MS = 500;

export const newTally = (): FollowTally => ({ resumed: 0, lost: 0, repeated: 0, backwards: 0 });

/** Opens a new stream with the last cursor whenever one breaks. */
export async function follow(followed: Followed, tally: FollowTally) {
  const {
    ids,
    key,
    url,
    until,
    mayFail = false,
    staysMs = () => Number.POSITIVE_INFINITY,
  } = followed;
  const told = new Map<string, number>();
  const open = new Set(ids.map(String));
  let after: string | undefined;
  const onTold = ({ isDone, cursor, node: { id, status } }: JobTold) => {
    const rank = RANKS.indexOf(status);
    const before = told.get(id) ?? -1;
    if (rank === before) tally.repeated++;
    if (rank < before) tally.backwards++;
    told.set(id, rank);
    after = cursor;
    if (isDone) open.delete(Buffer.from(id, 'base64url').toString().split(':')[1] ?? '');
  };
  while (Date.now() < until) {
    let hasFailed = false;
    const onError = (errors: string) => {
      if (!mayFail) throw new Error(errors);
      hasFailed = true;
    };
    const stream = openJobs(url(), { ids, key, after }, onTold, onError);
    const timer = setTimeout(stream.leave, Math.min(until - Date.now(), staysMs()));
    const isWhole = await stream.ended;
    clearTimeout(timer);
    if (isWhole && !hasFailed) break;
    tally.resumed++;
    await sleep(hasFailed ? PAUSE_AFTER_ERROR_MS : PAUSE_MS);
  }
  tally.lost += open.size;
}
