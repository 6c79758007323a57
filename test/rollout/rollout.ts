/** Several processes, one of which is restarted at a time, while clients ask and wait. */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Emulator, startEmulator } from '../../src/emulator/serve.ts';
import { type GatewayProcess, startGatewayProcess } from '../chaos/gateway-process.ts';
import { openAccount } from '../replicas/world.ts';
import { freePort } from '../support/free-port.ts';
import { DEPLOYED_SETTINGS, startRedis } from '../support/redis.ts';
import { followJobs } from './followers.ts';
import { balance, startHaproxy, startNginx } from './front.ts';
import { KEYS, startLoad, type Tally } from './load.ts';

/** `client` asks both itself. */
const FRONTS = {
  nginx: startNginx,
  haproxy: startHaproxy,
  client: async (ports: readonly number[]) => balance(ports),
};

export interface Plan {
  restarts: number;
  ratePerSecond: number;
  /** SHUTDOWN_DELAY. */
  delaySeconds: number;
  front: keyof typeof FRONTS;
  /** How many processes share one Redis. Two with a file each if left out. */
  replicas?: number;
  /** How many clients wait for jobs meanwhile. They need a proxy. */
  followers?: number;
  /** A changed gateway, to see that this can fail. */
  main?: string | undefined;
  onRestart?(done: number, tally: Tally): void;
}

export interface Report extends Tally {
  /** How much of the machine's time nobody used. */
  idle: number;
  /** From SIGTERM to the end, the longest. */
  longestStopMs: number;
  streams: Awaited<ReturnType<ReturnType<typeof followJobs>['end']>>;
  offences: string[];
}

/** Longer than a front spares one that has refused a connection: else the other could go while this one is not asked yet. */
const SETTLED_MS = 2500;
const READ_MS = 50;
const WRITE_MS = 300;

export async function rollOut(plan: Plan): Promise<Report> {
  const astria = await startAstria();
  const processes = await startProcesses(plan, astria.emulator.url);
  const { gateways, ports, begin } = processes;
  const front = await FRONTS[plan.front](ports);
  const load = startLoad(front, plan.ratePerSecond);
  const followers = followJobs(astria.emulator, front.url, plan.followers ?? 0);
  const idle = idleSince();
  const offences: string[] = [];
  let longestStopMs = 0;
  await sleep(SETTLED_MS);
  for (let done = 0; done < plan.restarts; done++) {
    const place = done % ports.length;
    load.burst();
    const begunMs = performance.now();
    offences.push(...(await endOf(gateways[place] as GatewayProcess)));
    longestStopMs = Math.max(longestStopMs, performance.now() - begunMs);
    // It is ready when it says where it listens.
    gateways[place] = await begin(ports[place] as number);
    await sleep(SETTLED_MS);
    astria.count();
    plan.onRestart?.(done + 1, load.tally);
  }
  const idleShare = idle();
  const streams = await followers.end();
  await load.end();
  offences.push(...front.complaints(), ...followers.offences());
  await front.close();
  for (const gateway of gateways) offences.push(...(await endOf(gateway)));
  offences.push(...load.tally.failures, ...astria.judge(load.tally.made));
  await astria.emulator.close();
  await processes.close();
  return { ...load.tally, streams, idle: idleShare, longestStopMs, offences };
}

async function startProcesses({ replicas, delaySeconds, main }: Plan, astriaUrl: string) {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-'));
  const redis = replicas ? await startRedis(...DEPLOYED_SETTINGS) : undefined;
  const begin = (port: number) =>
    startGatewayProcess(
      {
        PORT: String(port),
        ASTRIA_BASE_URL: astriaUrl,
        ...(redis ? { REDIS_URL: redis.url } : { LEDGER_PATH: join(folder, `${port}.sqlite`) }),
        SHUTDOWN_DELAY: String(delaySeconds),
      },
      main,
    );
  const ports: number[] = [];
  while (ports.length < (replicas ?? 2)) ports.push(await freePort());
  return {
    ...{ begin, ports, gateways: await Promise.all(ports.map(begin)) },
    async close() {
      await redis?.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function endOf(gateway: GatewayProcess): Promise<string[]> {
  const code = await gateway.stop();
  return [...gateway.complaints, ...(code === 0 ? [] : [`a process ended with ${code}`])];
}

/** Slow enough that something is under way whenever a process is told to stop. */
async function startAstria() {
  const emulator = await startEmulator({ seed: false });
  emulator.fail({ method: 'GET', latencyMs: READ_MS, times: Infinity });
  emulator.fail({ method: 'POST', latencyMs: WRITE_MS, times: Infinity });
  for (const key of KEYS) {
    const account = openAccount(emulator, key);
    for (const title of ['a', 'b', 'c']) account.addTune({ title });
  }
  return { emulator, ...postsTo(emulator) };
}

/** How often each title was sent. To be counted now and then: the emulator remembers only the newest requests. */
function postsTo(emulator: Emulator) {
  const posts = new Map<string, number>();
  const count = () => {
    for (const { method, body } of emulator.requests.splice(0)) {
      if (method !== 'POST') continue;
      const { title } = (body as { tune: { title: string } }).tune;
      posts.set(title, (posts.get(title) ?? 0) + 1);
    }
  };
  return {
    count,
    judge(made: readonly string[]): string[] {
      count();
      const twice = [...posts].filter(([, times]) => times > 1).map(([title]) => title);
      const never = made.filter((title) => !posts.has(title));
      return [
        ...twice.map((title) => `${title} was sent to Astria more than once`),
        ...never.map((title) => `${title} was answered, and never sent to Astria`),
      ];
    },
  };
}

function idleSince() {
  const read = () => {
    const all = cpus().map(({ times }) => times);
    const sum = (of: (times: (typeof all)[0]) => number) => all.reduce((s, t) => s + of(t), 0);
    return {
      idle: sum(({ idle }) => idle),
      all: sum(({ idle, user, sys, nice, irq }) => idle + user + sys + nice + irq),
    };
  };
  const before = read();
  return () => {
    const after = read();
    return (after.idle - before.idle) / (after.all - before.all);
  };
}
