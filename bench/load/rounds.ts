/** All servers under all loads, by turns, several times over. */
import { type Fault, faultOf } from '../check.ts';
import { type CellName, cellName, type Options } from '../options.ts';
import { type Server, type ServerName, startServer } from '../servers.ts';
import type { BodiesName } from '../upstream/set.ts';
import type { Site } from '../upstream/sites.ts';
import { type Figures, measure } from './cell.ts';

export interface Row {
  bodies: BodiesName;
  cell: CellName;
  server: ServerName;
  /** One for each round. */
  samples: Figures[];
  /** Any voids the row. */
  faults: Fault[];
}

export interface Bench {
  options: Options;
  /** One for each set of bodies. What is measured once is measured at the first. */
  sites: readonly [Site, ...Site[]];
  /** For what is written. */
  folder: string;
  /** Of the gateway's checkout. */
  repository: string;
}

export async function runRounds(bench: Bench, rows: readonly Row[]) {
  for (let round = 1; round <= bench.options.rounds; round++) {
    for (const site of bench.sites) {
      const own = rows.filter(({ bodies }) => bodies === site.set.name);
      await runRound(own, { site, round, bench });
    }
  }
}

interface Round {
  site: Site;
  round: number;
  bench: Bench;
}

async function runRound(rows: readonly Row[], place: Round) {
  const started = new Map<ServerName, Server>();
  for (const name of new Set(rows.map(({ server }) => server))) {
    const own = rows.filter(({ server }) => server === name);
    const server = await begin(name, own, place);
    if (server) started.set(name, server);
  }
  // Whoever is first in one round is last in the next.
  const turn = place.round % 2 === 1 ? rows : rows.toReversed();
  for (const row of turn) {
    const server = started.get(row.server);
    if (server) await runCell(row, server, place);
  }
  for (const server of started.values()) await server.process.stop();
}

const USERS = 50;

/** Starts a server, and looks at its answers before anything is measured. */
async function begin(
  name: ServerName,
  rows: readonly Row[],
  { site, bench: { folder, repository } }: Round,
): Promise<Server | undefined> {
  let server: Server;
  try {
    server = await startServer(name, { upstream: site.upstream.url, folder, repository });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    for (const row of rows) note(row, { what: `did not start${reasonIn(detail)}`, detail });
    return undefined;
  }
  for (const row of rows) {
    const fault = await faultOf(server, site.queries[row.cell.query], USERS);
    if (fault) note(row, fault);
  }
  return server;
}

/** In a few words, without the paths of this machine. */
function reasonIn(message: string): string {
  const line = message.split('\n').at(-1)?.replaceAll(/\S*\//g, '').replaceAll('|', ' ') ?? '';
  return line.startsWith('{') || line === '' ? '' : `: ${line.slice(0, 120)}`;
}

async function runCell(row: Row, server: Server, { site, round, bench }: Round) {
  const { options, folder } = bench;
  const { query, traffic } = row.cell;
  const cell = { query: site.queries[query], traffic, seconds: options.seconds };
  try {
    const { figures, fault } = await measure(server, cell, {
      upstream: site.upstream,
      folder,
    });
    row.samples.push(figures);
    const name = `${round}/${options.rounds} ${nameOf(row)}`;
    console.error(`${name.padEnd(40)} ${figures.cpu.toFixed(0).padStart(8)} µs/op`);
    if (fault) note(row, fault);
  } catch (error) {
    const detail = `${error}\n${server.process.tail()}`;
    note(row, { what: 'broke off', detail });
  }
}

function note(row: Row, fault: Fault) {
  row.faults.push(fault);
  console.error(`VOID ${nameOf(row)}: ${fault.what}\n${fault.detail}`);
}

const nameOf = ({ bodies, cell, server }: Row) => `${bodies} ${cellName(cell)} ${server}`;
