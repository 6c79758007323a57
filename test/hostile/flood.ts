/** A thread that asks with a new made-up key each time, so many at once, until all keys are used up. */
import { parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'undici';

export interface Flood {
  origin: string;
  keys: number;
  atOnce: number;
  /** From how many addresses, behind a proxy. */
  addresses: number;
  /** Of those addresses: `198.51.100`. */
  network: string;
}

const { origin, keys, atOnce, addresses, network }: Flood = workerData;
const pool = new Pool(origin, { connections: atOnce });
const statuses: Record<number, number> = {};
let sent = 0;

async function askOn() {
  while (sent < keys) {
    const n = sent++;
    const { statusCode, body } = await pool.request({
      path: '/graphql',
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer sd_made_up_${n}`,
        'x-forwarded-for': `${network}.${n % addresses}`,
      },
      body: '{"query":"{ tunes { nodes { id } } }"}',
    });
    await body.dump();
    statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
  }
}

await Promise.all(Array.from({ length: atOnce }, askOn));
await pool.close();
parentPort?.postMessage(statuses);
