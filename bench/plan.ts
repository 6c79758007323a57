/** What is measured. */
import { LATENCY_SERVERS } from './load/latency.ts';
import type { Row } from './load/rounds.ts';
import type { Options } from './options.ts';

export function plannedRows({ bodies, cells, servers }: Options): Row[] {
  return bodies.flatMap((name, index) =>
    cells
      // It has no rows: one set is as good as another.
      .filter(({ query }) => query !== 'Q3' || index === 0)
      .flatMap((cell) =>
        servers.map((server) => ({
          ...{ bodies: name, cell, server },
          ...{ samples: [], faults: [] },
        })),
      ),
  );
}

/** Those of the latency cell, whoever else is asked for. */
export const latencyServers = ({ servers }: Options) =>
  LATENCY_SERVERS.filter((name) => servers.includes(name));
