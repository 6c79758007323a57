/** What the command line says. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { QUERIES, type QueryName, TRAFFICS, type Traffic } from './queries.ts';
import { SERVERS, type ServerName } from './servers.ts';
import { BODIES, type BodiesName } from './upstream/set.ts';

export interface CellName {
  query: QueryName;
  traffic: Traffic;
}

export interface Options {
  rounds: number;
  seconds: number;
  /** These servers in every cell, instead of those that a goal needs there. */
  only: readonly ServerName[] | undefined;
  bodies: readonly [BodiesName, ...BodiesName[]];
  cells: readonly CellName[];
  /** The one cell to profile the gateway under, instead of everything else. */
  profile: CellName | undefined;
  latency: boolean;
  growth: boolean;
  start: boolean;
  /** Of the growth of memory. */
  operations: number;
  repository: string;
  /** No part was left out: only then the results are kept. */
  isWhole: boolean;
}

export class UsageError extends Error {}

const USAGE = `npm run bench -- [options]
  --rounds 3               how often everything is measured; medians are printed
  --seconds 3              how long each time
  --bodies usual|other     one set of the upstream's answers instead of both
  --only gateway,mercurius in every cell, of ${SERVERS.join(', ')}
  --cells Q1-same,Q2-users a query (${QUERIES.join(', ')}) and a traffic (${TRAFFICS.join(', ')})
  --profile Q1-users       a CPU profile of the gateway instead of figures
  --no-latency --no-growth --no-start  without these parts
  --operations 1000000     over which memory must not grow, after as many and more
  --repository ../other    the checkout whose gateway is measured`;

export const cellName = ({ query, traffic }: CellName) => `${query}-${traffic}`;

/** This checkout. */
const HERE = fileURLToPath(new URL('..', import.meta.url));

const ALL_CELLS = QUERIES.flatMap((query) => TRAFFICS.map((traffic) => ({ query, traffic })));

export function readOptions(args: string[]): Options {
  const values = parse(args);
  return {
    rounds: whole('rounds', values.rounds),
    seconds: whole('seconds', values.seconds),
    only: values.only?.split(',').map(serverOf),
    bodies: values.bodies === undefined ? BODIES : [bodiesOf(values.bodies)],
    cells: values.cells === undefined ? ALL_CELLS : values.cells.split(',').map(cellOf),
    profile: values.profile === undefined ? undefined : cellOf(values.profile),
    latency: values.latency,
    growth: values.growth,
    start: values.start,
    operations: whole('operations', values.operations),
    repository: values.repository,
    isWhole:
      values.only === undefined &&
      values.cells === undefined &&
      values.bodies === undefined &&
      values.latency &&
      values.growth &&
      values.start &&
      values.repository === HERE,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowNegative: true,
      options: {
        rounds: { type: 'string', default: '3' },
        seconds: { type: 'string', default: '3' },
        only: { type: 'string' },
        bodies: { type: 'string' },
        cells: { type: 'string' },
        profile: { type: 'string' },
        latency: { type: 'boolean', default: true },
        growth: { type: 'boolean', default: true },
        start: { type: 'boolean', default: true },
        operations: { type: 'string', default: '1000000' },
        repository: { type: 'string', default: HERE },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}

function whole(name: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new UsageError(`--${name} is ${text}; it must be a whole number from 1.\n\n${USAGE}`);
}

function bodiesOf(name: string): BodiesName {
  const bodies = BODIES.find((one) => one === name);
  if (bodies) return bodies;
  throw new UsageError(`There are no ${name} bodies.\n\n${USAGE}`);
}

function serverOf(name: string): ServerName {
  const server = SERVERS.find((one) => one === name);
  if (server) return server;
  throw new UsageError(`There is no ${name} to measure.\n\n${USAGE}`);
}

function cellOf(name: string): CellName {
  const cell = ALL_CELLS.find((one) => cellName(one) === name);
  if (cell) return cell;
  throw new UsageError(`There is no cell ${name}.\n\n${USAGE}`);
}
