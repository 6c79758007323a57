/** `npm run test:isolation`: the attempt to leak, in full. `--operations N --keys N --seed N` for another one. */
import { parseArgs } from 'node:util';
import { type Report, tryToLeak } from '../test/support/isolation.ts';
import { SEED, stopwatch } from './parts.ts';

const PROGRESS = 10_000;

const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '100000' },
    keys: { type: 'string', default: '1000' },
    seed: SEED,
  },
});
const { operations, keys, seed } = values;
const attempt = { operations: Number(operations), keys: Number(keys), seed: Number(seed) };
console.log(`${operations} operations from ${keys} keys, --seed ${seed}`);

const seconds = stopwatch();
let next = PROGRESS;
const report = await tryToLeak({ ...attempt, onWave: progress });

function progress(soFar: Report) {
  if (soFar.operations < next) return;
  next += PROGRESS;
  console.log(`${seconds()} ${soFar.operations} operations, ${offencesIn(soFar)} offences`);
}

function offencesIn({ offences }: Report) {
  return Object.values(offences).reduce((sum, count) => sum + count, 0);
}

const { offenders, offences, upstream, ...counts } = report;
console.log({ ...counts, upstream, offences });
if (offencesIn(report) > 0) {
  console.error(`LEAKED, with --seed ${seed}. The first of what is wrong:`);
  for (const offender of offenders) console.error(`- ${offender}`);
  process.exitCode = 1;
} else {
  console.log(`Not one byte reached a stranger, and no read was stale.${seconds()}`);
}
