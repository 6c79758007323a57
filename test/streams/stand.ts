/** Gateways as processes of their own, before an emulator here; and the address at which Astria finds them. */
import type { AccountAccess } from '../../src/emulator/access.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/serve.ts';
import { type Started, startGatewayProcess } from '../kill/processes.ts';
import { freePort } from '../support/free-port.ts';
import { startRedis } from '../support/redis.ts';

export interface Replica extends Started {
  /** A sum of its metrics. */
  metric(name: string): Promise<number>;
}

export interface Stand {
  emulator: Emulator;
  start(environment?: Record<string, string>): Promise<Replica>;
  close(): Promise<void>;
}

export const KEY = 'sd_streams';
export const SECRET = 's'.repeat(32);

interface StandOptions extends EmulatorOptions {
  isShared?: boolean;
  /** Whether metrics are asked for; each process takes a port more. */
  isMeasured?: boolean;
  /** Between the gateways and the emulator. */
  wayTo?(emulator: string): Promise<string>;
}

export async function openStand(options: StandOptions = {}): Promise<Stand> {
  const {
    isShared = false,
    isMeasured = true,
    wayTo = async (url: string) => url,
    ...rest
  } = options;
  const emulator = await startEmulator({ seed: false, ...rest });
  const redis = isShared ? await startRedis() : undefined;
  const astria = await wayTo(emulator.url);
  const running = new Set<Replica>();
  return {
    emulator,
    async start(environment = {}) {
      const port = await freePort();
      const started = await startGatewayProcess('src/main.ts', {
        ...{ ASTRIA_BASE_URL: astria, LEDGER_PATH: ':memory:', NEW_KEY_RATE_LIMIT: '999999999/s' },
        ...(isMeasured && { METRICS: 'on', METRICS_PORT: String(port) }),
        ...(redis && { REDIS_URL: redis.url }),
        ...environment,
      });
      const replica: Replica = {
        ...started,
        metric: (name) => metricAt(port, name),
        async kill() {
          running.delete(replica);
          await started.kill();
        },
      };
      running.add(replica);
      return replica;
    },
    async close() {
      await Promise.all([...running].map((one) => one.kill()));
      await emulator.close();
      await redis?.stop();
    },
  };
}

async function metricAt(port: number, name: string): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`, {
    headers: { connection: 'close' },
  });
  const lines = (await answer.text()).matchAll(
    new RegExp(`^astria_graphql_${name}(?:{.*})? (\\S+)$`, 'gm'),
  );
  return [...lines].reduce((sum, [, value]) => sum + Number(value), 0);
}

const seconds = (from: number, more: number) => new Date(from + more * 1000).toISOString();

/** One that is being made, from now on for so many seconds. */
export const addJob = (account: AccountAccess, id: number, forSeconds: number, more = {}) => {
  const now = Date.now();
  return account.addPrompt({
    ...{ id, created_at: seconds(now, 0), started_training_at: seconds(now, 0.5) },
    ...{ trained_at: seconds(now, forSeconds), ...more },
  });
};
