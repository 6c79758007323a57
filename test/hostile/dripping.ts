/** Uploads of which a byte comes now and then, and what another caller's take meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Emulator, startEmulator } from '../../src/emulator/serve.ts';
import { begin, END, file, PNG, post } from '../support/multipart.ts';
import { tuneOf } from '../support/uploads.ts';
import { ATTACKER, OTHER, startTarget, type Target } from './target.ts';

const DRIP_MS = 3000;
const UPLOADS = 20;
const PHOTO = Buffer.concat([PNG, Buffer.alloc(1_000_000, 'x')]);
/** Those that waited for a place have their 30 s after the first. */
const MOST_HELD_MS = 75_000;
const MOST_TIMES = 2;

export interface Dripping {
  aloneMs: number;
  besideMs: number;
  /** When the last of them was sent away. */
  heldMs: number;
  /** What they were answered, by the names of limits and codes. */
  answers: Record<string, number>;
  faults: string[];
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

export async function sendDripping(uploads: number): Promise<Dripping> {
  const emulator: Emulator = await startEmulator();
  const target = await startTarget(emulator);
  const faults: string[] = [];
  try {
    await uploadAll(target, faults);
    const aloneMs = await uploadAll(target, faults);
    const begunMs = performance.now();
    const clients = Array.from({ length: uploads }, () => drip(target));
    await sleep(2000);
    const besideMs = await uploadAll(target, faults);
    if (besideMs >= MOST_TIMES * aloneMs) faults.push('an honest upload takes too long');
    const late = sleep(MOST_HELD_MS, undefined, { ref: false });
    await Promise.race([Promise.all(clients.map(({ over }) => over)), late]);
    const heldMs = performance.now() - begunMs;
    const answers: Record<string, number> = {};
    for (const client of clients) {
      const answer = client.end() ?? 'none';
      answers[answer] = (answers[answer] ?? 0) + 1;
    }
    if (answers.none) faults.push(`${answers.none} are still waited for`);
    return { aloneMs, besideMs, heldMs, answers, faults };
  } finally {
    await target.stop();
    await emulator.close();
  }
}

/** The median of them. */
async function uploadAll({ url }: Target, faults: string[]): Promise<number> {
  const ms: number[] = [];
  for (let n = 0; n < UPLOADS; n++) {
    const beganMs = performance.now();
    const parts = [...tuneOf(1, { title: `Ines ${n}`, name: 'woman' }), file('0', PHOTO), END];
    const { errors } = await post(url.href, parts, bearer(OTHER));
    ms.push(performance.now() - beganMs);
    if (errors)
      faults.push(`an honest upload was answered ${JSON.stringify(errors[0].extensions)}`);
  }
  return ms.toSorted((a, b) => a - b)[UPLOADS / 2] as number;
}

function drip({ url }: Target) {
  const { outgoing, answer } = begin(url.href, bearer(ATTACKER));
  outgoing.on('error', () => {});
  for (const piece of tuneOf(1)) outgoing.write(piece);
  outgoing.write(file('0').subarray(0, 120));
  const timer = setInterval(() => outgoing.write('x'), DRIP_MS);
  let told: string | undefined;
  const over = answer.then(
    ({ errors: [error] }) => {
      told = error.extensions.limit?.name ?? error.extensions.code;
    },
    () => {
      told = 'cut off';
    },
  );
  return {
    over,
    end() {
      clearInterval(timer);
      outgoing.destroy();
      return told;
    },
  };
}
