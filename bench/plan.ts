/** Which servers are measured where, and how long all of it takes. */
import { WARM_UP_S } from './load/cell.ts';
import { CALM_S, LATENCY_QUERIES, LATENCY_SERVERS, LOADED_S, SECONDS } from './load/latency.ts';
import type { Row } from './load/rounds.ts';
import type { CellName, Options } from './options.ts';
import type { ServerName } from './servers.ts';

/** Who is needed for a goal, and `floor` beside them. All others take too long to be asked for nothing. */
function serversOf({ query, traffic }: CellName, { only }: Options): readonly ServerName[] {
  if (only) return only;
  if (query === 'Q3') return ['gateway', 'yoga'];
  if (traffic !== 'users') return ['gateway', 'tailcall'];
  return ['gateway', 'mercurius', 'mercurius-checked', 'yoga', 'floor'];
}

export function plannedRows(options: Options): Row[] {
  return options.bodies.flatMap((bodies, index) =>
    options.cells
      // It has no rows: one set is as good as another.
      .filter(({ query }) => query !== 'Q3' || index === 0)
      .flatMap((cell) =>
        serversOf(cell, options).map((server) => ({
          ...{ bodies, cell, server },
          ...{ samples: [], faults: [] },
        })),
      ),
  );
}

export const hasGateway = ({ only }: Options) => !only || only.includes('gateway');

/** Those of the latency cell, whoever else is asked for. */
export const latencyServers = ({ only }: Options) =>
  LATENCY_SERVERS.filter((name) => !only || only.includes(name));

/** wrk's clock counts whole seconds; then answers are waited for, rest, and checks. */
const AROUND_CELL_S = 2.5;
/** Until it answers, and fifty callers have their answers looked at for each query. */
const START_S = 1.5;
const AROUND_LATENCY_S = 1;
/** Of all kinds, on a machine in its slower hours. */
const OPERATIONS_PER_SECOND = 7500;
const BEGINNING_S = 15;
const BUILD_S = 20;

/** The parts of a whole run in minutes. */
function estimate(options: Options): Record<string, number> {
  const { rounds, seconds, bodies, operations } = options;
  const rows = plannedRows(options);
  const cell = WARM_UP_S + seconds + AROUND_CELL_S;
  const starts = new Set(rows.map((row) => `${row.bodies} ${row.server}`)).size;
  const servers = latencyServers(options).length;
  const asked = CALM_S + SECONDS;
  const loaded = LOADED_S + AROUND_LATENCY_S;
  const latency = LATENCY_QUERIES.length * ((loaded + asked) * servers + asked) + START_S * servers;
  const growth = 4 * cell * rounds + (2.5 * operations) / OPERATIONS_PER_SECOND;
  return {
    preparation: BUILD_S / 60,
    cells: (rounds * (cell * rows.length + START_S * starts)) / 60,
    ...(options.latency && { latency: (rounds * bodies.length * latency) / 60 }),
    ...(options.growth && hasGateway(options) && { growth: growth / 60 }),
    ...(options.start && hasGateway(options) && { start: BEGINNING_S / 60 }),
  };
}

export function estimateText(options: Options): string {
  const parts = Object.entries(estimate(options));
  const all = parts.reduce((sum, [, minutes]) => sum + minutes, 0);
  const each = parts.map(([name, minutes]) => `${name} ${minutes.toFixed(1)}`);
  return `This takes some ${Math.ceil(all)} minutes: ${each.join(', ')}.`;
}
