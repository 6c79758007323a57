/** The table, and the file that keeps it. */
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Fault } from './check.ts';
import { medians } from './figures.ts';
import { goalsOf, growthGoals, latencyGoals, startFigures } from './goals.ts';
import { nginxVersion, wrkVersion } from './install.ts';
import { pinning } from './load/children.ts';
import type { Growth } from './load/growth.ts';
import { type LatencyRow, latencyOf, PER_SECOND, UPSTREAM_MS } from './load/latency.ts';
import type { Row } from './load/rounds.ts';
import type { Beginning } from './load/start.ts';
import type { Options } from './options.ts';
import { sourceSize } from './source-size.ts';

type Absent = 'left out' | 'broke off';

export interface Results {
  options: Options;
  rows: Row[];
  latency: LatencyRow[] | Absent;
  growth: Growth | Absent;
  beginning: Beginning | Absent;
}

const COLUMNS = [
  ...['query', 'traffic', 'bodies', 'server', 'CPU µs/op', 'x gateway', 'rps', 'p50 ms', 'p99 ms'],
  ...['upstream/op', 'RSS MB', 'goals'],
];

export function tableOf({ rows, latency, growth, beginning, options }: Results): string {
  const lines = rows.map((row) => lineOf(row, rows));
  const [bodies] = options.bodies;
  if (latency === 'broke off') {
    lines.push(ownLine('latency', { bodies: '', rss: undefined }, ['void: broke off']));
  } else if (latency !== 'left out') {
    lines.push(...latency.map((row) => latencyLine(row, latency)));
  }
  if (growth !== 'left out') {
    const isThere = growth !== 'broke off';
    const goals = isThere ? growthGoals(growth, options.operations) : ['void: broke off'];
    lines.push(ownLine('growth', { bodies, rss: isThere ? growth.late.rss : undefined }, goals));
  }
  if (beginning !== 'left out') {
    const isThere = beginning !== 'broke off';
    const goals = isThere ? startFigures(beginning) : ['void: broke off'];
    lines.push(ownLine('start', { bodies, rss: isThere ? beginning.idleRss : undefined }, goals));
  }
  return [COLUMNS, COLUMNS.map((_, index) => (isFigure(index) ? '--:' : '---')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Of the gateway alone. */
function ownLine(
  name: string,
  { bodies, rss }: { bodies: string; rss: number | undefined },
  goals: string[],
): string[] {
  const figures = ['', '', '', '', '', '', rss === undefined ? '' : whole(rss)];
  return [name, '', bodies, 'gateway', ...figures, goals.join('<br>')];
}

function latencyLine(row: LatencyRow, rows: readonly LatencyRow[]): string[] {
  const { bodies, query, server, faults } = row;
  const name = [query, `latency: ${UPSTREAM_MS} ms, ${PER_SECOND}/s`, bodies, server];
  if (faults.length > 0) return voidLine(name, faults);
  const { p50, p99 } = latencyOf(row);
  const goals = latencyGoals(row, rows).join('<br>');
  return [...name, '', '', '', p50.toFixed(1), p99.toFixed(1), '', '', goals];
}

function voidLine(name: string[], faults: readonly Fault[]): string[] {
  const what = [...new Set(faults.map((fault) => fault.what))].join(', ');
  return [...name, '', '', '', '', '', '', '', `void: ${what}`];
}

const isFigure = (column: number) => column > 3 && column < COLUMNS.length - 1;

function lineOf(row: Row, rows: readonly Row[]): string[] {
  const { bodies, cell, server, samples, faults } = row;
  const name = [cell.query, cell.traffic, bodies, server];
  if (faults.length > 0) return voidLine(name, faults);
  const { cpu, rps, p50, p99, upstream, rss } = medians(samples);
  const gateway = rows.find(
    (one) => one.server === 'gateway' && one.cell === cell && one.bodies === bodies,
  );
  const isComparable = gateway && gateway.faults.length === 0;
  return [
    ...name,
    whole(cpu),
    isComparable ? (cpu / medians(gateway.samples).cpu).toFixed(2) : '',
    whole(rps),
    p50.toFixed(1),
    p99.toFixed(1),
    upstream.toFixed(2),
    whole(rss),
    goalsOf(row, rows).join('<br>'),
  ];
}

const whole = (value: number) => Math.round(value).toLocaleString('en-GB');

const PEERS = [
  '@tailcallhq/core-linux-x64-gnu',
  ...['mercurius', 'fastify', 'graphql-yoga', 'graphql', 'zod'],
];

/** The whole of `RESULTS.md`. */
export const pageOf = (
  results: Results,
  { commit, repository }: { commit: string; repository: string },
): string => `# Results of the last run

${machine()}, ${new Date().toISOString().slice(0, 10)}, commit ${commit}. Node ${process.version}, ${versions()}.
${conditions(results.options)}

${tableOf(results)}

${sizeOf(repository)}

How it is measured, and how to do it again: [README.md](README.md).
`;

export function sizeOf(repository: string): string {
  const { files, lines } = sourceSize(repository);
  return `\`src\` without \`src/emulator\`: ${whole(files)} files, ${whole(lines)} lines.`;
}

function machine(): string {
  const [first] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${first?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${gigabytes} GB`;
}

function versions(): string {
  const peers = PEERS.map((name) => `${name} ${installed(name)}`);
  return [...peers, `nginx ${nginxVersion()}`, `wrk ${wrkVersion()}`].join(', ');
}

function installed(name: string): string {
  try {
    const file = fileURLToPath(new URL(`node_modules/${name}/package.json`, import.meta.url));
    return JSON.parse(readFileSync(file, 'utf8')).version.replace(/^v/, '');
  } catch {
    return '(not installed)';
  }
}

const conditions = ({ rounds, seconds }: Options) =>
  `Medians of ${rounds} rounds of ${seconds} s, 100 connections; ${
    pinning === undefined
      ? 'the server on one core, load and upstream on the other'
      : `nothing pinned, since ${pinning}`
  }.`;
