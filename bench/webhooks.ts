/** `npm run test:webhooks`: gateways are killed and restarted at each step of what a webhook is told. `--rounds N --lanes N --seed N --redis` for another one. */
import { parseArgs } from 'node:util';
import { killWithWebhooks } from '../test/webhooks/kills.ts';
import { conclude, SEED, stopwatch } from './parts.ts';

const PROGRESS = 25;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '300' },
    lanes: { type: 'string', default: '6' },
    redis: { type: 'boolean', default: false },
    // A changed gateway, to see that this can fail.
    main: { type: 'string' },
    seed: SEED,
  },
});
const { rounds, lanes, seed, redis: isRedis, main } = values;
const seconds = stopwatch();
console.log(`${rounds} rounds, the ledger in ${isRedis ? 'Redis' : 'a file'}, --seed ${seed}`);

const { steps, offences, ...figures } = await killWithWebhooks({
  ...{ rounds: Number(rounds), seed: Number(seed), lanes: Number(lanes), isRedis, main },
  onRound: (done) => done % PROGRESS === 0 && console.log(`${seconds()} ${done} rounds`),
});
console.table(steps);
console.log(figures, seconds());
conclude(offences, {
  seed,
  holds: 'Each write that was answered was told to its receiver, and none in two ways.',
});
