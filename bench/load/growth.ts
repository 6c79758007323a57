/** Does an operation cost more by the row when it is large, and the process more memory when it is old? */
import { answerLength, type Fault, faultOf } from '../check.ts';
import { median } from '../figures.ts';
import {
  cursorQuery,
  keyOf,
  type Query,
  type QueryName,
  reserveKeys,
  type Traffic,
  tenPages,
} from '../queries.ts';
import { requestOf, type Server, type ServerName, startServer, textFor } from '../servers.ts';
import { PAGES } from '../upstream/bodies.ts';
import type { BodySet } from '../upstream/set.ts';
import { loadFault, measure } from './cell.ts';
import { rssMegabytes, settle } from './proc.ts';
import type { Bench } from './rounds.ts';
import { load } from './wrk.ts';

/** After so many operations. */
interface Memory {
  operations: number;
  rss: number;
}

export interface Growth {
  /** CPU for a row of an operation of ten pages, against that of one page. */
  perRow: number;
  /** The same of what has no GraphQL. */
  perRowOfFloor: number;
  early: Memory;
  late: Memory;
  fault: Fault | undefined;
}

export async function measureGrowth(bench: Bench): Promise<Growth> {
  const rows = await withNew(['gateway', 'floor'], bench, growthOfRows);
  const { early, late, ...memory } = await withNew(['gateway'], bench, growthOfMemory);
  const fault = rows.fault ?? memory.fault;
  if (fault) console.error(`VOID growth: ${fault.what}\n${fault.detail}`);
  const [perRow = 0, perRowOfFloor = 0] = rows.ratios;
  return { perRow, perRowOfFloor, early, late, fault };
}

type Servers<Names> = { [Index in keyof Names]: Server };

async function withNew<const Names extends readonly ServerName[], Found>(
  names: Names,
  bench: Bench,
  find: (servers: Servers<Names>, bench: Bench) => Promise<Found>,
): Promise<Found> {
  const servers: Server[] = [];
  try {
    const { sites, folder, repository } = bench;
    const setting = { upstream: sites[0].upstream.url, folder, repository };
    for (const name of names) servers.push(await startServer(name, setting));
    return await find(servers as Servers<Names>, bench);
  } finally {
    for (const server of servers) await server.process.stop();
  }
}

/** Of each server, by turns. */
async function growthOfRows(
  servers: readonly [gateway: Server, floor: Server],
  { options, sites, folder }: Bench,
) {
  const [gateway] = servers;
  const [{ set, queries, upstream }] = sites;
  const ten = tenPages(set, await cursorsOf(gateway, set));
  const faults: Fault[] = [];
  const cpuOf = async (server: Server, query: Query) => {
    const cell = { query, traffic: 'users', seconds: options.seconds } as const;
    const { figures, fault } = await measure(server, cell, { upstream, folder });
    if (fault) faults.push(fault);
    return figures.cpu;
  };
  const ratios = servers.map((): number[] => []);
  for (let round = 1; round <= options.rounds; round++) {
    for (const [index, server] of servers.entries()) {
      const small = (await cpuOf(server, queries.Q2)) / set.page;
      const large = (await cpuOf(server, ten)) / (set.page * PAGES);
      ratios[index]?.push(large / small);
      console.error(
        `${round}/${options.rounds} CPU per row, ${server.name}: ${small.toFixed(2)} µs of ${set.page}, ${large.toFixed(2)} µs of ${set.page * PAGES}`,
      );
    }
  }
  return { ratios: ratios.map(median), fault: faults[0] };
}

async function cursorsOf(gateway: Server, set: BodySet): Promise<(string | null)[]> {
  const key = keyOf(reserveKeys(1));
  const cursors: (string | null)[] = [null];
  while (cursors.length < PAGES) {
    const request = requestOf(cursorQuery(set, cursors.at(-1) ?? null), key);
    const answer = await (await fetch(gateway.url, request)).json();
    cursors.push(answer.data.tunes.pageInfo.endCursor);
  }
  return cursors;
}

/** A second each: most operations are of the cheap kinds then, and each kind leaves what it leaves. */
const TURN: readonly (readonly [QueryName, Traffic])[] = [
  ['Q1', 'users'],
  ['Q2', 'users'],
  ['Q1', 'trace'],
  ['Q2', 'trace'],
  ['Q1', 'same'],
  ['Q2', 'same'],
  ['Q3', 'same'],
];
const LONGEST_MS = 30 * 60_000;

async function growthOfMemory(
  [gateway]: readonly [Server],
  { options, sites: [{ queries }], folder }: Bench,
) {
  const loads = await Promise.all(
    TURN.map(async ([name, traffic]) => {
      const query = queries[name];
      const length = await answerLength(gateway, query);
      const text = textFor(gateway, query);
      return { url: gateway.url, query: text, traffic, seconds: 1, length, folder };
    }),
  );
  const giveUp = performance.now() + LONGEST_MS;
  let operations = 0;
  const seen: Memory[] = [];
  let fault: Fault | undefined;
  // At first memory comes to have what it needs. Looked at after whole turns only: after the same kind of load.
  while (operations < 2.5 * options.operations && performance.now() < giveUp) {
    for (const asked of loads) {
      const tally = await load(asked);
      operations += tally.requests;
      fault ??= loadFault(tally);
    }
    await settle(gateway.process.pid);
    const rss = rssMegabytes(gateway.process.pid);
    if (operations >= options.operations) seen.push({ operations, rss });
    console.error(`${operations.toLocaleString('en-GB')} operations, ${rss.toFixed(0)} MB`);
  }
  fault ??= await faultOf(gateway, queries.Q1, 50);
  const third = Math.ceil(seen.length / 3);
  return { early: middleOf(seen.slice(0, third)), late: middleOf(seen.slice(-third)), fault };
}

/** What a collector has done last goes up and down by a tenth: of several looks the median. */
const middleOf = (seen: readonly Memory[]): Memory => ({
  operations: median(seen.map(({ operations }) => operations)),
  rss: median(seen.map(({ rss }) => rss)),
});
