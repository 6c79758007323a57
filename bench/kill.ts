/** `npm run test:kill`: `kill -9` at every step of what costs money. `--rounds N --seed N --lanes N --redis --hasty` for another one, `--only keys` or `budgets` for one part. */
import { parseArgs } from 'node:util';
import { killWithBudgets } from '../test/kill/budgets.ts';
import { killAll } from '../test/kill/kill.ts';
import { conclude, partsOf, SEED, stopwatch } from './parts.ts';

const PROGRESS = 25;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '300' },
    lanes: { type: 'string', default: '4' },
    redis: { type: 'boolean', default: false },
    // Without asking for all once more, minutes later.
    hasty: { type: 'boolean', default: false },
    // A changed gateway, to see that this can fail.
    main: { type: 'string' },
    only: { type: 'string' },
    seed: SEED,
  },
});
const { rounds, lanes, seed, redis: isRedis, main } = values;
const seconds = stopwatch();
console.log(`${rounds} kills, the ledger in ${isRedis ? 'Redis' : 'a file'}, --seed ${seed}`);

const offences: string[] = [];
const PARTS = { keys: killWithKeys, budgets: killThoseWithBudgets };
for (const [, kill] of partsOf(PARTS, values.only)) await kill();
conclude(offences, {
  seed,
  holds: `Each key reached Astria once at most, and none was given another's.${seconds()}
Of no charge less was spent or put aside, and all that has a price was settled.`,
});

async function killWithKeys() {
  const { steps, places, mutations, all, unknown, waiting, ...report } = await killAll({
    ...{ rounds: Number(rounds), seed: Number(seed), lanes: Number(lanes), isRedis, main },
    isPatient: !values.hasty,
    onRound(done, wrong) {
      for (const each of wrong) console.log(`${seconds()} ${each}`);
      if (done % PROGRESS === 0) console.log(`${seconds()} ${done} kills`);
    },
  });
  console.table(steps);
  console.table(places);
  console.table(mutations);
  console.log({ ...all, unknown, waiting });
  offences.push(...report.offences);
}

async function killThoseWithBudgets() {
  console.log(`${seconds()} ${rounds} kills of gateways whose callers have a budget`);
  const report = await killWithBudgets({
    ...{ kills: Number(rounds), seed: Number(seed), isRedis, main },
    onKill: (done) => done % PROGRESS === 0 && console.log(`${seconds()} ${done} kills`),
  });
  console.log({ ...report, offences: report.offences.length });
  offences.push(...report.offences);
}
