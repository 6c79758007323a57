/** `npm run test:ledger`: a locked file for half a minute, and 300 faults of a Redis. `--seconds N --rounds N --seed N` for another one. */
import { parseArgs } from 'node:util';
import { seededRandom } from '../src/emulator/random.ts';
import { FAULTS, failRedis } from '../test/ledger-faults/failing-redis.ts';
import { holdTheFile } from '../test/ledger-faults/locked.ts';
import { conclude, SEED } from './parts.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    rounds: { type: 'string', default: '300' },
    seed: SEED,
  },
});
const [seconds, rounds, seed] = [values.seconds, values.rounds, values.seed].map(Number);
const MAX_HEALTH_MS = 50;
/** Without a lock it is about a tenth of that. */
const MAX_READ_MS = 500;
const offences: string[] = [];

console.log(`The file is held for ${seconds} s, under 50 paid writes a second.`);
const locked = await holdTheFile({ seconds: seconds as number, buysPerSecond: 50 });
offences.push(...locked.offences);
if (locked.healthP99Ms > MAX_HEALTH_MS) offences.push(`/healthz took ${locked.healthP99Ms} ms`);
if (locked.readP99Ms > MAX_READ_MS) offences.push(`a read took ${locked.readP99Ms} ms`);
console.log({ ...locked, offences: locked.offences.length });

console.log(`${rounds} faults of a Redis, --seed ${seed}`);
const random = seededRandom(seed as number);
const redis = await failRedis({
  rounds: Array.from({ length: rounds as number }, () => random.pick(FAULTS)),
  ...{ random, longestAwayMs: 30_000 },
  onRound: (done) => done % 25 === 0 && console.log(`${done} rounds`),
});
offences.push(...redis.offences);
console.log({ ...redis, offences: redis.offences.length });

conclude(offences, {
  seed: values.seed,
  holds: 'Nothing was paid for twice, or told NOT_DONE and made.',
});
