/** Where the gateway's time goes under one kind of load. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faultOf } from '../check.ts';
import { type CellName, cellName } from '../options.ts';
import { startServer } from '../servers.ts';
import { measure } from './cell.ts';
import type { Bench } from './rounds.ts';

const FOLDER = fileURLToPath(new URL('../profiles', import.meta.url));
const SHOWN = 30;

export async function profile(cell: CellName, bench: Bench) {
  mkdirSync(FOLDER, { recursive: true });
  const file = `${cellName(cell)}.cpuprofile`;
  const nodeOptions = ['--cpu-prof', `--cpu-prof-dir=${FOLDER}`, `--cpu-prof-name=${file}`];
  const { folder, repository } = bench;
  const [{ upstream, queries }] = bench.sites;
  const setting = { upstream: upstream.url, folder, repository, nodeOptions };
  const gateway = await startServer('gateway', setting);
  const query = queries[cell.query];
  const load = { query, traffic: cell.traffic, seconds: bench.options.seconds };
  const { figures, fault } = await measure(gateway, load, { upstream, folder });
  const last = fault ?? (await faultOf(gateway, query, 1));
  if (last) console.error(`${last.what}\n${last.detail}`);
  // Only one that ends by itself leaves its profile.
  await gateway.process.stop('SIGTERM');
  console.log(`${cellName(cell)}: ${figures.cpu.toFixed(0)} µs/op while profiled`);
  console.log(entries(join(FOLDER, file), repository).join('\n'));
  console.log(`All of it: bench/profiles/${file}`);
}

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

/** By self time, of what was not idle. */
function entries(file: string, repository: string): string[] {
  const { nodes, samples, timeDeltas }: Profile = JSON.parse(readFileSync(file, 'utf8'));
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame, repository)]));
  const times = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const name = names.get(id) ?? '?';
    if (name === '(idle)') continue;
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[index] ?? 0));
  }
  const all = times.values().reduce((sum, time) => sum + time, 0);
  return [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(([name, time]) => `${((100 * time) / all).toFixed(1).padStart(5)} %  ${name}`);
}

type Frame = Profile['nodes'][number]['callFrame'];

function nameOf({ functionName, url, lineNumber }: Frame, repository: string): string {
  const name = functionName || '(anonymous)';
  if (!url) return name;
  const file = url.replace('file://', '').replace(repository, '').replace(/^\//, '');
  return `${name}  ${file}:${lineNumber + 1}`;
}
