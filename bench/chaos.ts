/** `npm run test:chaos`: the storm in full. `--minutes N --seed N` for another one. */
import { parseArgs } from 'node:util';
import { raiseChaos } from '../test/chaos/chaos.ts';
import type { Report } from '../test/chaos/report.ts';
import { SEED } from './parts.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: SEED,
    /** Another gateway's `main.ts`, to see its faults found. */
    main: { type: 'string' },
  },
});
const { minutes, main } = values;
const seed = Number(values.seed);
/** Below it memory has not settled. */
const WEIGHED_MINUTES = 8;
console.log(`${minutes} minutes of faults, --seed ${seed}`);

const report = await raiseChaos({
  seconds: Number(minutes) * 60,
  seed,
  main,
  weighsMemory: Number(minutes) >= WEIGHED_MINUTES,
  onMinute: ({ operations, growth, offences }) =>
    console.log(
      `${operations} operations, RSS ${growth?.rssMb.join(', ')} MB`,
      offencesIn(offences),
    ),
});

function offencesIn(offences: Report['offences']) {
  return Object.values(offences).reduce((sum, count) => sum + count, 0);
}

const { offenders, offences, growth, ...rest } = report;
console.table(rows({ ...rest, ...growth }));
console.table(offences);
if (offencesIn(offences) > 0) {
  console.error(`BROKEN, with --seed ${seed}. The first of what is wrong:`);
  for (const offender of offenders) console.error(`- ${offender}`);
  process.exitCode = 1;
} else console.log('Nothing crashed, leaked, was paid for twice, or was lost without a word.');

function rows(counts: object) {
  return Object.fromEntries(
    Object.entries(counts).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null
        ? Object.entries(value)
            .map(([key, count]) => `${key} ${count}`)
            .join(', ')
        : value,
    ]),
  );
}
