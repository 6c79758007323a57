/** The thread that has the file of the ledger: what waits for the disk, or for another process, waits here. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Time } from './ledger.ts';
import { SqliteFile } from './sqlite-file.ts';
import { SqliteStore } from './sqlite-store.ts';

/** What can be asked for. */
export type Act = keyof SqliteStore;

export interface Question {
  id: number;
  act: Act | 'close';
  time: Time;
  args: readonly unknown[];
}

export interface Reply {
  id: number;
  value?: unknown;
  error?: unknown;
  /** How often the file was found locked so far. */
  waits: number;
}

const port = parentPort as MessagePort;
const file = new SqliteFile(workerData as string);
const store = new SqliteStore(file);

port.on('message', async ({ id, act, time, args }: Question) => {
  if (act === 'close') {
    file.close();
    port.close();
    return;
  }
  const transaction = store[act] as (time: Time, ...args: unknown[]) => unknown;
  try {
    const value = await file.atomic(() => transaction.call(store, time, ...args));
    port.postMessage({ id, value, waits: file.waits } satisfies Reply);
  } catch (error) {
    port.postMessage({ id, error, waits: file.waits } satisfies Reply);
  }
});
port.postMessage('open');
