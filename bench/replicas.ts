/** `npm run test:replicas`: three gateways on one Redis behind a proxy. `--only kills` (or another) and `--haproxy` for a part of it. */
import { parseArgs } from 'node:util';
import {
  proveBudget,
  proveKeys,
  proveKills,
  proveMemory,
  proveRedis,
  proveRollout,
  proveThroughput,
  proveUploads,
} from '../test/replicas/proofs.ts';
import type { Proof } from '../test/streams/proofs.ts';
import { prove, SEED } from './parts.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    haproxy: { type: 'boolean', default: false },
    // Sizes of the parts.
    keys: { type: 'string', default: '1000' },
    limit: { type: 'string', default: '3000' },
    restarts: { type: 'string', default: '50' },
    rate: { type: 'string', default: '40' },
    kills: { type: 'string', default: '100' },
    writes: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '9' },
    away: { type: 'string', default: '30' },
    files: { type: 'string', default: '20' },
    callers: { type: 'string', default: '40' },
    operations: { type: 'string', default: '5000' },
    streams: { type: 'string', default: '1500' },
    seed: SEED,
  },
});
const PROGRESS = 10;
const FILE_BYTES = 10_000_000;
const proxy = values.haproxy ? 'haproxy' : 'nginx';
const seed = Number(values.seed);
const progress = (what: string) => (done: number) =>
  void (done % PROGRESS === 0 && console.log(`${done} ${what}`));

const PROOFS: Record<string, () => Promise<Proof>> = {
  keys: () => proveKeys(Number(values.keys)),
  budget: () => proveBudget({ limit: Number(values.limit) }),
  rollout: () =>
    proveRollout({
      ...{ restarts: Number(values.restarts), ratePerSecond: Number(values.rate) },
      ...{ front: proxy, followers: 20, onRestart: progress('restarts') },
    }),
  kills: () => proveKills({ kills: Number(values.kills), seed, proxy, onKill: progress('kills') }),
  redis: () =>
    proveRedis({ rounds: Number(values.rounds), seed, longestAwayMs: Number(values.away) * 1000 }),
  memory: () => proveMemory({ writes: Number(values.writes) }),
  uploads: () =>
    proveUploads({ files: Number(values.files), fileBytes: FILE_BYTES, aborts: 7, proxy }),
  throughput: () =>
    proveThroughput({
      ...{ callers: Number(values.callers), operations: Number(values.operations) },
      ...{ warmUp: 300, streams: Number(values.streams), proxy, isWeighed: true },
    }),
};

console.log(`--seed ${seed}, behind ${proxy}`);
await prove(PROOFS, { only: values.only, seed });
