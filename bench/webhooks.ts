/** `npm run test:webhooks`: gateways are killed and restarted at each step of what a webhook is told. `--rounds N --lanes N --seed N --redis` for another one. */
import { parseArgs } from 'node:util';
import { killWithWebhooks } from '../test/webhooks/kills.ts';

const PROGRESS = 25;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '300' },
    lanes: { type: 'string', default: '6' },
    redis: { type: 'boolean', default: false },
    // A changed gateway, to see that this can fail.
    main: { type: 'string' },
    // Another one each time: what it was is printed.
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const { rounds, lanes, seed, redis: isRedis, main } = values;
const begun = performance.now();
const seconds = () => `${((performance.now() - begun) / 1000).toFixed(0)} s`.padStart(6);
console.log(`${rounds} rounds, the ledger in ${isRedis ? 'Redis' : 'a file'}, --seed ${seed}`);

const { steps, offences, ...figures } = await killWithWebhooks({
  ...{ rounds: Number(rounds), seed: Number(seed), lanes: Number(lanes), isRedis, main },
  onRound: (done) => done % PROGRESS === 0 && console.log(`${seconds()} ${done} rounds`),
});
console.table(steps);
console.log(figures, seconds());
if (offences.length > 0) {
  console.error(`FAILED, with --seed ${seed}:`);
  for (const offence of offences) console.error(`- ${offence}`);
  process.exitCode = 1;
} else console.log('Each write that was answered was told to its receiver, and none in two ways.');
process.exit();
