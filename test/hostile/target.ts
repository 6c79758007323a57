/** The gateway as a process of its own, in front of an emulator that is in this one: what it uses, and whether it lives. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashOfSecret } from '../../src/auth/gateway-keys.ts';
import type { Emulator } from '../../src/emulator/serve.ts';
import { containerOf } from '../support/container.ts';
import type { Reading } from './meter.ts';

/** What attackers have, and what they must not learn. */
export const ATTACKER = 'gk_the-attackers-own-key';
const HELD = 'sd_demo';
export const OTHER = 'gk_the-key-of-another-caller';
const HASHES = [ATTACKER, OTHER].map((secret) => hashOfSecret(secret).toString('hex'));
export const SECRETS = [HELD, OTHER, ...HASHES];

export interface Target {
  url: URL;
  pid: number;
  read(wish?: 'collected' | 'stalls'): Promise<Reading>;
  /** How it ended; undefined while it lives. */
  ended(): string | undefined;
  /** All that it has printed. */
  printed(): string;
  stop(): Promise<void>;
}

const meter = new URL('meter.ts', import.meta.url).href;

interface Bounds {
  /** The memory of its container. Undefined: all of the machine's. */
  megabytes?: number;
  /** The most sockets and files that it may have open. */
  descriptors?: number;
  environment?: Record<string, string>;
}

export async function startTarget(
  { url }: Pick<Emulator, 'url'>,
  { megabytes, descriptors, environment }: Bounds = {},
): Promise<Target> {
  const keys = [ATTACKER, OTHER].map((_, index) => ({
    name: `caller-${index}`,
    hash: `sha256:${HASHES[index]}`,
    role: 'write',
  }));
  const env = {
    PORT: '0',
    ASTRIA_BASE_URL: url,
    ASTRIA_AUTH_TOKEN: HELD,
    GATEWAY_KEYS: JSON.stringify(keys),
    ALLOW_CALLER_KEYS: 'on',
    CORS_ORIGINS: '*',
    MCP: 'on',
    // A failure is looked for, not what comes after it.
    UPSTREAM_RETRIES: '0',
    NEW_KEY_RATE_LIMIT: '999999999/s',
    ...environment,
  };
  const container = megabytes ? containerOf(megabytes) : undefined;
  const [command = '', ...args] = [
    ...(container?.prefix ?? []),
    ...(descriptors ? ['sh', '-c', `ulimit -n ${descriptors}; exec "$0" "$@"`] : []),
    ...[process.execPath, '--expose-gc', '--import', meter],
    ...(container?.flags ?? []),
    'src/main.ts',
  ];
  const child = spawn(command, args, {
    env,
    cwd: new URL('../..', import.meta.url),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => {
      printed += chunk;
    });
  }
  const target = { ...watched(child), printed: () => printed };
  while (!printed.includes('"msg":"ready"')) {
    if (target.ended()) {
      container?.remove();
      throw new Error(`It did not start: ${printed}`);
    }
    await sleep(5);
  }
  const stop = async () => {
    await target.stop();
    container?.remove();
  };
  return { ...target, stop, url: new URL(/"endpoint":"([^"]+)"/.exec(printed)?.[1] as string) };
}

function watched(child: ChildProcess) {
  let ending: string | undefined;
  child.once('exit', (code, signal) => {
    ending = `it ended with ${code ?? signal}`;
  });
  // Of messages to one that has ended.
  child.on('error', () => {});
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  return {
    pid: child.pid as number,
    ended: () => ending,
    async read(wish = 'now') {
      const told = once(child, 'message', { signal: AbortSignal.timeout(60_000) });
      child.send(wish);
      return (await told)[0] as Reading;
    },
    async stop() {
      process.off('exit', kill);
      if (ending) return;
      const over = once(child, 'exit');
      kill();
      await over;
    },
  };
}
