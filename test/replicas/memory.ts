/** How much memory of Redis a paid write takes, for as long as its entry stays. */
import { startEmulator } from '../../src/emulator/serve.ts';
import { startGatewayProcess } from '../kill/processes.ts';
import { outcomeOf, post } from '../ledger-faults/buyers.ts';
import { DEPLOYED_SETTINGS, startRedis } from '../support/redis.ts';
import { openAccount } from './world.ts';

const FLUX = 1504944;
const AT_ONCE = 20;
const HELD = 'sd_buyer';
const CREATE = `mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { id } } }`;

export interface MemoryOptions {
  writes: number;
  isKeyed: boolean;
  environment?: Record<string, string>;
}

/** Returns the bytes of one write, from the memory that Redis uses before and after many. */
export async function measureMemory({ writes, isKeyed, environment }: MemoryOptions) {
  const server = await startRedis(...DEPLOYED_SETTINGS);
  const emulator = await startEmulator();
  openAccount(emulator, HELD);
  const gateway = await startGatewayProcess('src/main.ts', {
    ...{ ASTRIA_BASE_URL: emulator.url, ASTRIA_AUTH_TOKEN: HELD, REDIS_URL: server.url },
    ...environment,
  });
  const used = async () => Number(/used_memory:(\d+)/.exec(await server.redis.info('memory'))?.[1]);
  const buy = async (number: number) => {
    const key = isKeyed ? { idempotencyKey: `order ${number}` } : {};
    const input = { tuneId: FLUX, text: `a pier for order ${number}`, ...key };
    const text = await post(gateway.url, { query: CREATE, variables: { input } });
    if (outcomeOf(text) !== 'done') throw new Error(text);
  };
  try {
    await buy(-1);
    const before = await used();
    for (let first = 0; first < writes; first += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => buy(first + index)));
    }
    return Math.round(((await used()) - before) / writes);
  } finally {
    await gateway.kill();
    await emulator.close();
    await server.stop();
  }
}
