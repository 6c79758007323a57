/** Where the servers find Astria: one upstream for each set of bodies, and what is asked of it. */
import { type Query, type QueryName, queriesOf } from '../queries.ts';
import { startUpstream, type Upstream } from './nginx.ts';
import { other } from './other.ts';
import type { BodiesName, BodySet } from './set.ts';
import { usual } from './usual.ts';

export interface Site {
  set: BodySet;
  queries: Record<QueryName, Query>;
  upstream: Upstream;
}

const SETS: Record<BodiesName, BodySet> = { usual, other };

export async function openSite(name: BodiesName, folder: string): Promise<Site> {
  const set = SETS[name];
  return { set, queries: queriesOf(set), upstream: await startUpstream(folder, set) };
}
