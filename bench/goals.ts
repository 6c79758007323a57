/** What the gateway may cost, beside its peers and by itself. */
import { medians } from './figures.ts';
import type { Growth } from './load/growth.ts';
import { type LatencyRow, latencyOf } from './load/latency.ts';
import type { Row } from './load/rounds.ts';
import type { Beginning } from './load/start.ts';
import type { CellName } from './options.ts';
import type { ServerName } from './servers.ts';

interface Limit {
  query: CellName['query'];
  traffic: CellName['traffic'];
  /** Times the CPU of this one. */
  of: ServerName;
  most: number;
}

const Q3: Omit<Limit, 'traffic'> = { query: 'Q3', of: 'mercurius', most: 1.5 };

const LIMITS: readonly Limit[] = [
  { query: 'Q1', traffic: 'same', of: 'tailcall', most: 1 },
  { query: 'Q2', traffic: 'same', of: 'tailcall', most: 1 },
  { query: 'Q1', traffic: 'trace', of: 'tailcall', most: 0.1 },
  { query: 'Q2', traffic: 'trace', of: 'tailcall', most: 0.1 },
  { query: 'Q1', traffic: 'users', of: 'mercurius', most: 0.4 },
  { query: 'Q2', traffic: 'users', of: 'mercurius', most: 0.8 },
  { ...Q3, traffic: 'same' },
  { ...Q3, traffic: 'trace' },
  { ...Q3, traffic: 'users' },
];
const MOST_UPSTREAM = 3;
const MOST_PER_ROW = 1;
const RSS_MARGIN = 0.05;
const LATENCY_PEERS = ['mercurius', 'yoga'] as const;
const MOST_START_MS = 400;
const MOST_IDLE_MB = 120;

/** A goal and what was found: `0.31 x mercurius, goal ≤ 0.4: met`. */
const verdict = (found: string, goal: string, isMet: boolean) =>
  `${found}, goal ${goal}: ${isMet ? 'met' : '**missed**'}`;

/** The verdicts on one row, of its own set of bodies; a void one of either side decides nothing. */
export function goalsOf(row: Row, rows: readonly Row[]): string[] {
  if (row.server !== 'gateway' || row.faults.length > 0) return [];
  const ours = medians(row.samples);
  const { query, traffic } = row.cell;
  const isHere = (at: { query: string; traffic: string }) =>
    at.query === query && at.traffic === traffic;
  const ratios = LIMITS.filter(isHere).map(({ of, most }) => {
    const peer = rows.find(
      ({ server, cell, bodies }) => server === of && bodies === row.bodies && isHere(cell),
    );
    if (!peer || peer.faults.length > 0) return `goal ≤ ${most} x ${of}: not decided`;
    const ratio = ours.cpu / medians(peer.samples).cpu;
    return verdict(`${ratio.toFixed(3)} x ${of}`, `≤ ${most}`, ratio <= most);
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
        `adds ${signedMs(ours.p50 - direct.p50)} ms at p50, ${signedMs(ours.p99 - direct.p99)} ms at p99`,
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

const signedMs = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;

export function growthGoals(
  { perRow, perRowOfFloor, early, late, fault }: Growth,
  operations: number,
): string[] {
  if (fault) return [`void: ${fault.what}`];
  const change = late.rss / early.rss - 1;
  const signed = `${change < 0 ? '−' : '+'}${(Math.abs(change) * 100).toFixed(1)} %`;
  const found = `RSS ${signed} from ${count(early.operations)} to ${count(late.operations)} operations`;
  return [
    verdict(
      `CPU per row ${perRow.toFixed(3)} x (floor ${perRowOfFloor.toFixed(3)} x)`,
      `≤ ${MOST_PER_ROW}`,
      perRow <= MOST_PER_ROW,
    ),
    !(late.operations >= 2 * operations)
      ? `${found}: not decided`
      : verdict(found, '± 5 %', Math.abs(change) <= RSS_MARGIN),
  ];
}

const count = (number: number) => Math.round(number).toLocaleString('en-GB');

export const startGoals = ({ startMs, idleRss }: Beginning): string[] => [
  verdict(
    `first answer after ${startMs.toFixed(0)} ms`,
    `< ${MOST_START_MS}`,
    startMs < MOST_START_MS,
  ),
  verdict(`idle RSS ${idleRss.toFixed(0)} MB`, `< ${MOST_IDLE_MB}`, idleRss < MOST_IDLE_MB),
];
