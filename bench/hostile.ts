/** `npm run test:hostile`: everything that strangers may send, in full. `--seed N`, `--runs N` of each family or `--minutes N` in all; `--floods` for the last part alone. */
import { parseArgs } from 'node:util';
import { floodAll } from '../test/hostile/floods.ts';
import { attackAll, type Row } from '../test/hostile/run.ts';

const { values } = parseArgs({
  options: {
    // Another one each time: what it was is printed.
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    runs: { type: 'string', default: '2000' },
    minutes: { type: 'string' },
    slow: { type: 'string', default: '50' },
    floods: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
const runs = minutes ? Number.MAX_SAFE_INTEGER : Number(values.runs);
const columns = (...cells: (string | number)[]) =>
  cells.map((cell, index) => String(cell).padEnd([28, 9, 12, 12][index] ?? 0)).join('');
const printRow = ({ family, attacks, cpuMs, firstMs, what }: Row) =>
  console.log(columns(family, attacks, `${cpuMs.toFixed(1)} ms`, `${firstMs.toFixed(1)} ms`, what));

async function attack(): Promise<string[]> {
  console.log(`--seed ${seed}; CPU of the process, all threads, above idle, until 3 ms after the answer.
"at most" is the least of 5 tries where the first took more than 50 ms; "at first" is any.\n`);
  console.log(columns('', 'requests', 'at most', 'at first', ''));
  const { rows, faults, before, after } = await attackAll({
    seed,
    runs,
    slow: Number(values.slow),
    untilEnd: true,
    cold: true,
    onRow: printRow,
    ...(minutes && { minutes }),
  });
  const all = rows.reduce((sum, { attacks }) => sum + attacks, 0);
  console.log(
    `\n${all} requests; RSS ${before.rssMb.toFixed(0)} MB before, ${after.rssMb.toFixed(0)} MB after; handles ${before.handles}, ${after.handles}.\n`,
  );
  return faults;
}

const FLOODS = { pipelined: 500, connections: 500, behindSlow: 50, atOnce: 1000, starts: 20 };

async function flood(): Promise<string[]> {
  console.log('RSS of a process, in megabytes: idle, at most, after they have left.\n');
  const sizes = { ...FLOODS, idle: 500, descriptors: 400, untilEnd: true };
  const rows = await floodAll(sizes, ({ name, idleMb, peakMb, endMb, what }) => {
    const memory = [idleMb, peakMb, endMb].map((mb) => mb.toFixed(0)).join(', ');
    console.log(name.padEnd(32), memory.padEnd(16), what);
  });
  return rows.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`));
}

const faults = [...(values.floods ? [] : await attack()), ...(await flood())];
if (faults.length > 0) {
  console.error(`It did not hold, with --seed ${seed}:`);
  for (const fault of faults) console.error(`- ${fault}`);
  process.exitCode = 1;
} else console.log('\nNothing crashed, cost more than it may, or was a defect.');
