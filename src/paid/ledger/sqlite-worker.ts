/** The thread that owns the ledger's file. It waits for the disk and for other processes. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Time } from './ledger.ts';
import { SqliteFile } from './sqlite-file.ts';
import { SqliteStore } from './sqlite-store.ts';

/** The operations. */
export type Act = keyof SqliteStore;

export interface Question {
  id: number;
  act: Act;
  time: Time;
  args: readonly unknown[];
}

export interface Reply {
  id: number;
  value?: unknown;
  error?: unknown;
  /** How many times the file was locked, so that the thread had to retry. */
  waits: number;
}

const port = parentPort as MessagePort;
const file = new SqliteFile(workerData as string);
const store = new SqliteStore(file);
// Checked at the start. Otherwise the first paid write would find out that the file is read-only.
await file.atomic(() => store.check());

port.on('message', async (question: Question | 'close') => {
  if (question === 'close') {
    file.close();
    port.close();
  } else port.postMessage(await replyTo(question));
});
port.postMessage('open');

async function replyTo({ id, act, time, args }: Question): Promise<Reply> {
  const transaction = store[act] as (time: Time, ...args: unknown[]) => unknown;
  let waits = 0;
  const onWait = () => void waits++;
  try {
    const value = await file.atomic(() => transaction.call(store, time, ...args), onWait);
    return { id, value, waits };
  } catch (error) {
    return { id, error, waits };
  }
}
