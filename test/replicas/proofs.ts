/** What must hold of several gateways on one Redis, each at its size: what was found, and what of it should not be. */
import { seededRandom } from '../../src/emulator/random.ts';
import { failRedis } from '../ledger-faults/failing-redis.ts';
import { AS_MANY_AS_FIT, raceForTheLastCent } from '../paid/budget-race.ts';
import { type Plan, rollOut } from '../rollout/rollout.ts';
import type { Proof } from '../streams/proofs.ts';
import { UNKNOWN_COSTS } from '../support/gateway-keys.ts';
import { startRedis } from '../support/redis.ts';
import { type CostOptions, measureCosts } from './costs.ts';
import { raceForKeys } from './keys.ts';
import { type KillOptions, killReplicas } from './kills.ts';
import { raceForTheLimit } from './limits.ts';
import { measureMemory } from './memory.ts';
import { type UploadOptions, uploadThroughProxy } from './uploads.ts';

const REPLICAS = 3;

/** `wrong`: what is so, and should not be. */
const proofOf = (found: object, wrong: Record<string, boolean>): Proof => ({
  found,
  offences: Object.keys(wrong).filter((name) => wrong[name]),
});

export async function proveKeys(keys: number): Promise<Proof> {
  const { offences, ...found } = await raceForKeys(keys);
  return { found, offences };
}

/** Less than the 5 of a deployment, so that fifty restarts do not take too long. */
const DELAY_S = 2;
const MAX_OFF = 0.01;
const NO_STREAM_BROKE = 'no stream broke, so none was seen to go on elsewhere';

export async function proveBudget({ limit }: { limit: number }): Promise<Proof> {
  const redis = await startRedis();
  const race = await raceForTheLastCent({ REDIS_URL: redis.url }, REPLICAS);
  await redis.stop();
  const rate = await raceForTheLimit(limit);
  return proofOf(
    { race, rate },
    {
      'the budget was exceeded, or not used up':
        JSON.stringify(race) !== JSON.stringify(AS_MANY_AS_FIT),
      'the rate limit is off by more than 1 %': Math.abs(rate.let - limit) > MAX_OFF * limit,
      'not all were answered': rate.let + rate.refused !== Math.round(1.5 * limit),
    },
  );
}

export async function proveRollout(
  plan: Omit<Plan, 'replicas' | 'delaySeconds' | 'onRestart'> & { onRestart?(done: number): void },
): Promise<Proof> {
  const { reads, made, unknown, failures, streams, longestStopMs, offences } = await rollOut({
    ...plan,
    ...{ replicas: REPLICAS, delaySeconds: DELAY_S },
  });
  const found = { reads, made: made.length, unknown, failed: failures.length, streams };
  return {
    found: { ...found, longestStopMs: Math.round(longestStopMs) },
    offences: [
      ...offences,
      ...(unknown > 0 ? ['UNKNOWN was told'] : []),
      ...(streams.resumed === 0 ? [NO_STREAM_BROKE] : []),
    ],
  };
}

export async function proveKills(options: KillOptions): Promise<Proof> {
  const { offences, ...found } = await killReplicas(options);
  const isTried = found.streams.resumed > 0;
  return { found, offences: [...offences, ...(isTried ? [] : [NO_STREAM_BROKE])] };
}

const MAX_AWAY_MS = 30_000;
const BACK_WITHIN_MS = 10_000;

export async function proveRedis(options: {
  rounds: number;
  seed: number;
  longestAwayMs?: number;
}): Promise<Proof> {
  const { rounds, seed, longestAwayMs = MAX_AWAY_MS } = options;
  const kinds = ['restart', 'away', 'failover'] as const;
  const { offences, ...found } = await failRedis({
    rounds: Array.from({ length: rounds }, (_, index) => kinds[index % 3] ?? 'restart'),
    ...{ random: seededRandom(seed), longestAwayMs, gateways: REPLICAS },
  });
  const isLate = found.longestMs > BACK_WITHIN_MS;
  return { found, offences: [...offences, ...(isLate ? ['it was back too late'] : [])] };
}

/** A kilobyte of 1,000 bytes. `docs/scaling.md` reckons with them. */
const MAX_KEYED_BYTES = 2000;
const MAX_KEYLESS_BYTES = 300;

export async function proveMemory({ writes }: { writes: number }): Promise<Proof> {
  const measure = (isKeyed: boolean, environment = {}) =>
    measureMemory({ writes, isKeyed, environment });
  const found = {
    keyed: await measure(true),
    keyless: await measure(false),
    withBudget: await measure(true, { ...UNKNOWN_COSTS, BUDGET_DAY: '1000000' }),
  };
  return proofOf(found, {
    'a write with an idempotency key takes more memory': found.keyed > MAX_KEYED_BYTES,
    'a write without one takes more memory': found.keyless > MAX_KEYLESS_BYTES,
  });
}

const MAX_GATEWAY_MB = 64;
const MAX_PROXY_MB = 16;
const MAX_ABORT_MS = 1000;

export async function proveUploads(options: UploadOptions): Promise<Proof> {
  const found = await uploadThroughProxy(options);
  return proofOf(found, {
    'a gateway holds the files': found.gatewayGrownMb > MAX_GATEWAY_MB,
    'the proxy holds the files': found.proxyGrownMb > MAX_PROXY_MB,
    'Astria heard too late of a client that left': found.longestAbortMs > MAX_ABORT_MS,
  });
}

/** Of what one gateway takes. */
const MAX_CPU = 1.25;
const MAX_CALLS = 1.05;
const MAX_COMMANDS = 1.05;

/** CPU tells little while the machine is busy, or of few operations. */
export async function proveThroughput(
  options: Omit<CostOptions, 'replicas'> & { isWeighed: boolean },
): Promise<Proof> {
  const found: Record<string, Awaited<ReturnType<typeof measureCosts>>> = {};
  for (const replicas of [1, 2, 3]) {
    found[`replicas ${replicas}`] = await measureCosts({ ...options, replicas });
  }
  const [one, , three] = Object.values(found);
  if (!one || !three) throw new Error('nothing was measured');
  const grows = (of: 'cpuMs' | 'calls' | 'redisCommands', most: number) =>
    (['read', 'write'] as const).some((kind) => three[kind][of] > one[kind][of] * most);
  return proofOf(found, {
    'calls to Astria grow with replicas': grows('calls', MAX_CALLS),
    'commands of Redis grow with replicas': grows('redisCommands', MAX_COMMANDS),
    'CPU grows with replicas': options.isWeighed && grows('cpuMs', MAX_CPU),
  });
}
