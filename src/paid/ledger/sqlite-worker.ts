/** The thread that has the file of the ledger: what waits for the disk, or for another process, waits here. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Time } from './ledger.ts';
import { SqliteFile } from './sqlite-file.ts';
import { SqliteStore } from './sqlite-store.ts';

/** What can be asked for. */
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
  /** How often the file was found taken, and asked for again. */
  waits: number;
}

const port = parentPort as MessagePort;
const file = new SqliteFile(workerData as string);
const store = new SqliteStore(file);
// A file that can only be read would be found out by the first who pays.
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
