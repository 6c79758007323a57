/** `npm run bench`: the gateway beside its peers, measured, checked, and held against its goals. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGateway, installPeers, MissingTool, requireTools } from './install.ts';
import { pinning } from './load/children.ts';
import { measureGrowth } from './load/growth.ts';
import { measureLatency } from './load/latency.ts';
import { profile } from './load/profile.ts';
import { type Bench, runRounds } from './load/rounds.ts';
import { measureStart } from './load/start.ts';
import { readOptions, UsageError } from './options.ts';
import { estimateText, hasGateway, latencyServers, plannedRows } from './plan.ts';
import { pageOf, type Results, sizeOf, tableOf } from './report.ts';
import { openSite, type Site } from './upstream/sites.ts';

async function main() {
  const options = readOptions(process.argv.slice(2));
  requireTools();
  if (options.profile === undefined) installPeers();
  if (hasGateway(options)) buildGateway(options.repository);
  if (pinning !== undefined) console.error(`Nothing is pinned: ${pinning}. Figures will scatter.`);
  const folder = mkdtempSync(join(tmpdir(), 'astria-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const { repository, bodies } = options;
  const [first, ...others] = bodies;
  const sites: [Site, ...Site[]] = [await openSite(first, folder)];
  for (const name of options.profile ? [] : others) sites.push(await openSite(name, folder));
  const bench: Bench = { options, sites, folder, repository };

  if (options.profile) await profile(options.profile, bench);
  else await compare(bench);
  process.exit();
}

async function compare(bench: Bench) {
  const { options } = bench;
  console.error(estimateText(options));
  const rows = plannedRows(options);
  await runRounds(bench, rows);
  const latency = (all: Bench) => measureLatency(all, latencyServers(options));
  const isOurs = hasGateway(options);
  const results: Results = {
    options,
    rows,
    latency: options.latency ? await attempt(latency, bench) : 'left out',
    growth: options.growth && isOurs ? await attempt(measureGrowth, bench) : 'left out',
    beginning: options.start && isOurs ? await attempt(measureStart, bench) : 'left out',
  };
  console.log(`${tableOf(results)}\n\n${sizeOf(bench.repository)}`);
  if (!options.isWhole) return;
  writeFileSync(
    new URL('RESULTS.md', import.meta.url),
    pageOf(results, { commit: commitOf(bench), repository: bench.repository }),
  );
}

/** What was measured already must not be lost with it. */
async function attempt<Found>(find: (bench: Bench) => Promise<Found>, bench: Bench) {
  try {
    return await find(bench);
  } catch (error) {
    console.error(error);
    return 'broke off' as const;
  }
}

function commitOf({ repository }: Bench): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: repository, encoding: 'utf8', stdio: 'pipe' }).trim();
  try {
    const isClean = git('status', '--porcelain', '--', 'src', 'bench', 'package.json') === '';
    return `${git('rev-parse', '--short', 'HEAD')}${isClean ? '' : ' and what is not committed'}`;
  } catch {
    return 'unknown';
  }
}

main().catch((error) => {
  const isPlain = error instanceof UsageError || error instanceof MissingTool;
  console.error(isPlain ? error.message : error);
  process.exit(1);
});
