/** All servers under all loads, by turns, several times over. */
import { type Fault, faultOf } from '../check.ts';
import { type CellName, cellName, type Options } from '../options.ts';
import { queries } from '../queries.ts';
import { type Server, type ServerName, type Setting, startServer } from '../servers.ts';
import type { Upstream } from '../upstream/nginx.ts';
import { type Figures, measure } from './cell.ts';

export interface Row {
  cell: CellName;
  server: ServerName;
  /** One for each round. */
  samples: Figures[];
  /** Any voids the row. */
  faults: Fault[];
}

export interface Bench extends Setting {
  options: Options;
  astria: Upstream;
}

export async function runRounds(bench: Bench): Promise<Row[]> {
  const { cells, servers, rounds } = bench.options;
  const rows: Row[] = cells.flatMap((cell) =>
    servers.map((server) => ({ cell, server, samples: [], faults: [] })),
  );
  for (let round = 1; round <= rounds; round++) await runRound(bench, { rows, round });
  return rows;
}

async function runRound(bench: Bench, { rows, round }: { rows: Row[]; round: number }) {
  const started = new Map<ServerName, Server>();
  for (const name of bench.options.servers) {
    const own = rows.filter(({ server }) => server === name);
    const server = await begin(name, own, bench);
    if (server) started.set(name, server);
  }
  // Whoever is first in one round is last in the next.
  const turn = round % 2 === 1 ? rows : rows.toReversed();
  for (const row of turn) {
    const server = started.get(row.server);
    if (server) await runCell(row, { server, round, bench });
  }
  for (const server of started.values()) await server.process.stop();
}

const USERS = 50;

/** Starts a server, and looks at its answers before anything is measured. */
async function begin(name: ServerName, rows: Row[], bench: Bench): Promise<Server | undefined> {
  let server: Server;
  try {
    server = await startServer(name, bench);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    for (const row of rows) note(row, { what: `did not start${reasonIn(detail)}`, detail });
    return undefined;
  }
  for (const row of rows) {
    const fault = await faultOf(server, queries[row.cell.query], USERS);
    if (fault) note(row, fault);
  }
  return server;
}

/** In a few words, without the paths of this machine. */
function reasonIn(message: string): string {
  const line = message.split('\n').at(-1)?.replaceAll(/\S*\//g, '').replaceAll('|', ' ') ?? '';
  return line.startsWith('{') || line === '' ? '' : `: ${line.slice(0, 120)}`;
}

interface Turn {
  server: Server;
  round: number;
  bench: Bench;
}

async function runCell(row: Row, { server, round, bench }: Turn) {
  const { options, astria, folder } = bench;
  const { query, traffic } = row.cell;
  const cell = { query: queries[query], traffic, seconds: options.seconds };
  try {
    const { figures, fault } = await measure(server, cell, { upstream: astria, folder });
    row.samples.push(figures);
    const name = `${round}/${options.rounds} ${cellName(row.cell)} ${row.server}`;
    console.error(`${name.padEnd(28)} ${figures.cpu.toFixed(0).padStart(8)} µs/op`);
    if (fault) note(row, fault);
  } catch (error) {
    const detail = `${error}\n${server.process.tail()}`;
    note(row, { what: 'broke off', detail });
  }
}

function note(row: Row, fault: Fault) {
  row.faults.push(fault);
  console.error(`VOID ${cellName(row.cell)} ${row.server}: ${fault.what}\n${fault.detail}`);
}
