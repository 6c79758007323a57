/** `npm run test:hostile`: everything that strangers may send, in full. `--seed N`, `--runs N` of each family or `--minutes N` in all; `--only requests`, `callers` or `floods`. */
import { parseArgs } from 'node:util';
import { sendDripping } from '../test/hostile/dripping.ts';
import { floodAll } from '../test/hostile/floods.ts';
import { sendMadeUpKeys } from '../test/hostile/made-up-keys.ts';
import { attackAll, type Row } from '../test/hostile/run.ts';
import { partsOf, SEED } from './parts.ts';

const { values } = parseArgs({
  options: {
    seed: SEED,
    runs: { type: 'string', default: '2000' },
    minutes: { type: 'string' },
    slow: { type: 'string', default: '50' },
    only: { type: 'string' },
  },
});
const FLOODS = {
  pipelined: 500,
  connections: 500,
  behindSlow: 50,
  halfBodies: 600,
  atOnce: 1000,
  starts: 20,
};
const PARTS = { requests: meetRequests, callers: meetCallers, floods: meetFloods };
const faults: string[] = [];
for (const [, meet] of partsOf(PARTS, values.only)) await meet();
if (faults.length > 0) {
  console.error('It did not hold:');
  for (const fault of faults) console.error(`- ${fault}`);
  process.exitCode = 1;
} else
  console.log('Nothing crashed, cost too much, or was a defect, and nobody kept others waiting.');

async function meetRequests() {
  const seed = Number(values.seed);
  const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
  const runs = minutes ? Number.MAX_SAFE_INTEGER : Number(values.runs);
  console.log(`--seed ${seed}; CPU of the process, all threads, above idle, until 3 ms after the answer.
"at most" is the least of 5 tries where the first took more than 100 ms; "at first" is any.\n`);
  console.log(columns('', 'requests', 'at most', 'at first', ''));
  const report = await attackAll({
    ...{ seed, runs, slow: Number(values.slow) },
    ...{ untilEnd: true, cold: true, onRow: printRow },
    ...(minutes && { minutes }),
  });
  const { rows, before, after } = report;
  const all = rows.reduce((sum, { attacks }) => sum + attacks, 0);
  console.log(
    `\n${all} requests; RSS ${before.rssMb.toFixed(0)} MB before, ${after.rssMb.toFixed(0)} MB after; handles ${before.handles}, ${after.handles}.`,
  );
  faults.push(...report.faults.map((fault) => `${fault} (--seed ${seed})`));
}

function columns(...cells: (string | number)[]) {
  return cells.map((cell, index) => String(cell).padEnd([28, 9, 12, 12][index] ?? 0)).join('');
}

function printRow({ family, attacks, cpuMs, firstMs, what }: Row) {
  console.log(columns(family, attacks, `${cpuMs.toFixed(1)} ms`, `${firstMs.toFixed(1)} ms`, what));
}

async function meetCallers() {
  for (const addresses of [1, 10]) {
    const keys = await sendMadeUpKeys({ keys: 10_000, atOnce: 400, addresses });
    const [alone, beside, fresh] = [keys.aloneMs, keys.besideMs, keys.newcomersMs].map(inMs);
    console.log(
      `10000 made-up keys, 400 at once, from ${addresses} address(es): ${keys.seen} reached Astria, which takes 100 ms; p99 of an honest caller ${alone} alone, ${beside} beside them, of one with a new key ${fresh}.`,
    );
    faults.push(...keys.faults);
  }
  const drip = await sendDripping(200);
  console.log(
    `200 uploads at a byte each 3 s: an honest one of 1 MB ${inMs(drip.aloneMs)} alone, ${inMs(drip.besideMs)} beside them (medians); the last was sent away after ${inMs(drip.heldMs)}: ${JSON.stringify(drip.answers)}`,
  );
  faults.push(...drip.faults);
}

function inMs(ms: number) {
  return `${ms.toFixed(0)} ms`;
}

async function meetFloods() {
  console.log('RSS of a process, in megabytes: idle, at most, after they have left.\n');
  const sizes = { ...FLOODS, idle: 500, descriptors: 400, untilEnd: true };
  const rows = await floodAll(sizes, ({ name, idleMb, peakMb, endMb, what }) => {
    const memory = [idleMb, peakMb, endMb].map((mb) => mb.toFixed(0)).join(', ');
    console.log(name.padEnd(32), memory.padEnd(16), what);
  });
  faults.push(...rows.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`)));
}
