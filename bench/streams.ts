/** `npm run test:streams`: what must hold of those who wait, at its full size. `--only kills` (or another), `--kills N --seed N` for another one. */
import { parseArgs } from 'node:util';
import {
  type Proof,
  proveCallbacks,
  proveForgeries,
  proveKills,
  proveLooks,
  proveMany,
  proveSleeper,
} from '../test/streams/proofs.ts';
import { prove, SEED } from './parts.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '300' },
    streams: { type: 'string', default: '10000' },
    only: { type: 'string' },
    seed: SEED,
  },
});
const seed = Number(values.seed);
const onKill = (done: number) => void (done % 25 === 0 && console.log(`${done} kills`));
const PROOFS: Record<string, () => Promise<Proof>> = {
  kills: () => proveKills({ kills: Number(values.kills), jobs: 200, seed, onKill }),
  looks: () => proveLooks({ jobs: 1000, runS: 30, lateMs: 2000 }),
  callbacks: () => proveCallbacks({ jobs: 100, seed }),
  forgeries: proveForgeries,
  sleeper: () => proveSleeper({ ids: 100, rounds: 10, textBytes: 60_000 }),
  many: () =>
    proveMany({
      ...{ streams: Number(values.streams), keys: 200, ageS: 3600, warmUp: 500, idleS: 60 },
      ...{ lagMs: 62_000, isWeighed: true },
    }),
};

console.log(`--seed ${seed}`);
await prove(PROOFS, { only: values.only, seed });
