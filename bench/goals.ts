/** What the gateway may cost, beside its peers and by itself. */
import { medians } from './figures.ts';
import type { Growth } from './load/growth.ts';
import { type LatencyRow, latencyOf } from './load/latency.ts';
import type { Row } from './load/rounds.ts';
import type { Beginning } from './load/start.ts';
import type { CellName } from './options.ts';
import { TRAFFICS } from './queries.ts';
import type { ServerName } from './servers.ts';

interface Limit {
  query: CellName['query'];
  traffic: CellName['traffic'];
  figure: 'cpu' | 'p99';
  /** Times the figure of this one. */
  of: ServerName;
  most: number;
}

const cpu = (
  query: CellName['query'],
  traffic: CellName['traffic'],
  times: Partial<Record<ServerName, number>>,
): Limit[] =>
  Object.entries(times).map(([of, most]) => ({
    ...{ query, traffic, most },
    ...{ figure: 'cpu', of: of as ServerName },
  }));

const LIMITS: readonly Limit[] = [
  ...cpu('Q1', 'users', { mercurius: 0.6, yoga: 0.5 }),
  ...cpu('Q2', 'users', { 'mercurius-checked': 1, mercurius: 1.5, yoga: 0.8 }),
  ...(['Q1', 'Q2'] as const).flatMap((query) => [
    ...cpu(query, 'same', { tailcall: 2 }),
    ...cpu(query, 'trace', { tailcall: 0.15 }),
    { query, traffic: 'users', figure: 'p99', of: 'mercurius', most: 1 } as const,
  ]),
  ...TRAFFICS.flatMap((traffic) => cpu('Q3', traffic, { yoga: 0.6 })),
];
const MOST_UPSTREAM = 3;
const RSS_MARGIN = 0.05;
const LATENCY_PEERS = ['mercurius', 'yoga'] as const;

/** A goal and what was found: `CPU 0.31 x mercurius, goal ≤ 0.6: met`. */
const verdict = (found: string, goal: string, isMet: boolean) =>
  `${found}, goal ${goal}: ${isMet ? 'met' : '**missed**'}`;

const UNITS = { cpu: 'CPU', p99: 'p99' };

/** The verdicts on one row, of its own set of bodies; a void one of either side decides nothing. */
export function goalsOf(row: Row, rows: readonly Row[]): string[] {
  if (row.server !== 'gateway' || row.faults.length > 0) return [];
  const ours = medians(row.samples);
  const { query, traffic } = row.cell;
  const isHere = (at: { query: string; traffic: string }) =>
    at.query === query && at.traffic === traffic;
  const ratios = LIMITS.filter(isHere).map(({ figure, of, most }) => {
    const peer = rows.find(
      ({ server, cell, bodies }) => server === of && bodies === row.bodies && isHere(cell),
    );
    const what = UNITS[figure];
    if (!peer || peer.faults.length > 0) return `${what}, goal ≤ ${most} x ${of}: not decided`;
    const ratio = ours[figure] / medians(peer.samples)[figure];
    return verdict(`${what} ${ratio.toFixed(3)} x ${of}`, `≤ ${most}`, ratio <= most);
  });
  if (!isHere({ query: 'Q1', traffic: 'users' })) return ratios;
  // In whole requests: what is under way at both ends of a measurement is never quite the same.
  const found = Math.round(ours.upstream * 10) / 10;
  return [...ratios, verdict(`${found} upstream`, `≤ ${MOST_UPSTREAM}`, found <= MOST_UPSTREAM)];
}

/** Of any server what it adds to the upstream, which is no goal; of the gateway the goals. */
export function latencyGoals(row: LatencyRow, rows: readonly LatencyRow[]): string[] {
  if (row.server === 'direct' || row.faults.length > 0) return [];
  const ours = latencyOf(row);
  const beside = (name: LatencyRow['server']) => {
    const other = rows.find(
      ({ server, query, bodies }) =>
        server === name && query === row.query && bodies === row.bodies,
    );
    return other && other.faults.length === 0 ? latencyOf(other) : undefined;
  };
  const direct = beside('direct');
  const added = direct
    ? [
        `adds ${signed(ours.p50 - direct.p50)} ms at p50, ${signed(ours.p99 - direct.p99)} ms at p99`,
      ]
    : [];
  if (row.server !== 'gateway') return added;
  const goals = LATENCY_PEERS.flatMap((name) => {
    const theirs = beside(name);
    return (['p50', 'p99'] as const).map((figure) =>
      theirs
        ? verdict(
            `${figure} ${ours[figure].toFixed(2)} ms`,
            `≤ ${theirs[figure].toFixed(2)} of ${name}`,
            ours[figure] <= theirs[figure],
          )
        : `${figure}, goal ≤ that of ${name}: not decided`,
    );
  });
  return [...added, ...goals];
}

const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;

export function growthGoals(
  { perRow, perRowOfFloor, early, late, fault }: Growth,
  operations: number,
): string[] {
  if (fault) return [`void: ${fault.what}`];
  const change = late.rss / early.rss - 1;
  const found = `RSS ${signed(change * 100)} % from ${count(early.operations)} to ${count(late.operations)} operations`;
  return [
    `CPU per row ${perRow.toFixed(3)} x (floor ${perRowOfFloor.toFixed(3)} x)`,
    // NaN, where it broke off before the first look, is no more than anything.
    !(late.operations >= 2 * operations && late.operations > early.operations)
      ? `${found}: not decided`
      : verdict(found, '± 5 %', Math.abs(change) <= RSS_MARGIN),
  ];
}

const count = (number: number) => Math.round(number).toLocaleString('en-GB');

export const startFigures = ({ startMs, idleRss }: Beginning): string[] => [
  `first answer after ${startMs.toFixed(0)} ms`,
  `idle RSS ${idleRss.toFixed(0)} MB`,
];
