/** Gateways as processes on one Redis, behind a proxy of `deploy/`, before an emulator that takes its time. */
import { type Emulator, startEmulator } from '../../src/emulator/serve.ts';
import { type Started, startGatewayProcess } from '../kill/processes.ts';
import { startDeployedProxy } from '../support/deployed-proxies.ts';
import type { ProxyName } from '../support/proxies.ts';
import { DEPLOYED_SETTINGS, startRedis } from '../support/redis.ts';

export interface Setup {
  /** 3 if left out. */
  replicas?: number;
  /** nginx if left out. */
  proxy?: ProxyName | undefined;
  environment?: Record<string, string>;
  /** Another Astria than the emulator. */
  astriaUrl?: string;
}

/** What Astria takes for a read and for a write. */
const READ_MS = 50;
const WRITE_MS = 200;
const LONG = Number.MAX_SAFE_INTEGER;

export type World = Awaited<ReturnType<typeof openWorld>>;

export async function openWorld({ replicas = 3, proxy, environment, astriaUrl }: Setup = {}) {
  const redis = await startRedis(...DEPLOYED_SETTINGS);
  const emulator = await startSlowEmulator();
  const start = (port = '0') =>
    startGatewayProcess('src/main.ts', {
      ...{ ASTRIA_BASE_URL: astriaUrl ?? emulator.url, REDIS_URL: redis.url, PORT: port },
      ...{ NEW_KEY_RATE_LIMIT: '999999999/s', LOG_LEVEL: 'info', ...environment },
    });
  const gateways = await Promise.all(Array.from({ length: replicas }, () => start()));
  const hosts = gateways.map(({ url }) => new URL(url).host);
  const front = await startDeployedProxy(proxy ?? 'nginx', { gateways: hosts });
  return {
    ...{ redis, emulator, gateways, front },
    /** The address of the proxy. */
    url: front.url,
    /** `kill -9`, and another one at the same address. */
    async replace(index: number) {
      await (gateways[index] as Started).kill();
      gateways[index] = await start(hosts[index]?.split(':')[1]);
    },
    async close() {
      await front.stop();
      await Promise.all(gateways.map((gateway) => gateway.kill()));
      await emulator.close();
      await redis.stop();
    },
  };
}

async function startSlowEmulator(): Promise<Emulator> {
  const emulator = await startEmulator({ seed: false });
  emulator.fail({ method: 'GET', latencyMs: READ_MS, times: LONG });
  emulator.fail({ method: 'POST', latencyMs: WRITE_MS, times: LONG });
  return emulator;
}

/** An account that has enough money, and whose own idempotency cannot help. */
export function openAccount(emulator: Emulator, key: string) {
  const account = emulator.account(key);
  account.balanceMc = LONG;
  account.idempotent = false;
  return account;
}

/** How often each order reached Astria. To be counted now and then: the emulator keeps the newest requests only. */
export class Orders {
  readonly #counts = new Map<string, number>();
  readonly #emulator: Emulator;

  constructor(emulator: Emulator) {
    this.#emulator = emulator;
  }

  count() {
    for (const { method, body } of this.#emulator.requests.splice(0)) {
      const order =
        method === 'POST' ? /for ([^".]+)\./.exec(JSON.stringify(body))?.[1] : undefined;
      if (order) this.#counts.set(order, (this.#counts.get(order) ?? 0) + 1);
    }
  }

  of(order: string): number {
    return this.#counts.get(order) ?? 0;
  }
}
