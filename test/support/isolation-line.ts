/** The line to Astria: slow, and so that an answer can be kept on it until it is true no more. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/emulator/random.ts';

/** What is read by one key is kept on its way, from now until its next change has been answered by Astria. */
export interface Hold {
  /** When something is kept. */
  kept: Promise<void>;
  letGo(): void;
}

interface OpenHold {
  isOpen: boolean;
  note(): void;
  gone: Promise<void>;
}

const LONGEST_HOLD_MS = 500;

export async function startLine(target: string, random: Random) {
  const holds = new Map<string, OpenHold>();
  const sockets = new Set<Socket>();
  const unanswered = new Set<Socket>();
  const { port, hostname } = new URL(target);
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port: Number(port), host: hostname, noDelay: true });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    join(near, far, { random, holds, unanswered });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: (key: string) => holdIn(holds, key),
    /** When nothing is asked any more, not even by those whose client has gone. */
    async isQuiet() {
      while (unanswered.size > 0) await sleep(5);
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

export type Line = Awaited<ReturnType<typeof startLine>>;

interface Ways {
  random: Random;
  holds: Map<string, OpenHold>;
  unanswered: Set<Socket>;
}

function join(near: Socket, far: Socket, { random, holds, unanswered }: Ways) {
  let asked = { isRead: true, key: '' };
  near.on('data', (bytes) => {
    const head = bytes.toString('latin1');
    const [, method] = /^(GET|POST|PATCH|DELETE) /.exec(head) ?? [];
    const [key = ''] = /sd_k\d+/.exec(head) ?? [];
    if (method) {
      asked = { isRead: method === 'GET', key };
      unanswered.add(near);
    }
    far.write(bytes);
  });
  near.on('close', () => {
    unanswered.delete(near);
    far.destroy();
  });
  const later = inOrder();
  far.on('data', (bytes) => {
    const hold = holds.get(asked.key);
    // What is read from here on knows of the change.
    if (hold && !asked.isRead) hold.isOpen = false;
    const isKept = hold?.isOpen && asked.isRead;
    if (isKept) hold.note();
    const wait = isKept ? hold.gone : sleep(delayMs(random, asked.isRead));
    later(wait, () => {
      unanswered.delete(near);
      near.write(bytes);
    });
  });
  far.on('close', () => later(Promise.resolve(), () => void near.destroy()));
}

/** Reads arrive late, changes at once. */
function delayMs(random: Random, isRead: boolean) {
  if (!isRead) return random.below(2);
  return random.below(8) === 0 ? 10 + random.below(20) : random.below(5);
}

/** None before the one that came before it. */
function inOrder() {
  let last: Promise<unknown> = Promise.resolve();
  return (wait: Promise<unknown>, run: () => void) => {
    last = Promise.all([last, wait]).then(run);
  };
}

/** Undefined where somebody else has the key's answers kept. */
function holdIn(holds: Ways['holds'], key: string): Hold | undefined {
  if (holds.has(key)) return undefined;
  const kept = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  holds.set(key, { isOpen: true, note: kept.resolve, gone: gone.promise });
  const letGo = () => {
    clearTimeout(timer);
    holds.delete(key);
    gone.resolve();
  };
  const timer = setTimeout(letGo, LONGEST_HOLD_MS);
  return { kept: kept.promise, letGo };
}
