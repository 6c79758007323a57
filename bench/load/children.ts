/** Everything that the bench starts: on its own core, told nothing of this shell, and ended with the bench. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** nginx is where only administrators look. */
export const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The server has one core to itself, what loads and feeds it another. */
const CORES = { server: '0', load: '1' };

export interface Recipe {
  name: string;
  command: readonly string[];
  side: keyof typeof CORES;
  env?: Record<string, string>;
  cwd?: string;
  /** A file for what it prints. */
  log: string;
}

export interface Started {
  name: string;
  pid: number;
  hasEnded(): boolean;
  /** The last of what it printed. */
  tail(): string;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const alive = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(130));
}

const TASKSET = 'taskset';
/** Why processes are not pinned; undefined where they are. */
export const pinning = whyNotPinned();

function whyNotPinned(): string | undefined {
  if (availableParallelism() < 2) return 'there is one core only';
  try {
    execFileSync(TASKSET, ['-pc', CORES.load, String(process.pid)], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'taskset is not there';
  }
}

export function start({ name, command, side, env, cwd, log }: Recipe): Started {
  const output = openSync(log, 'a');
  const [file, ...args] = pinned(command, side);
  const child = spawn(file as string, args, {
    env: { PATH, ...env },
    cwd,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  return manage(name, child, log);
}

export const pinned = (command: readonly string[], side: keyof typeof CORES) =>
  pinning === undefined ? [TASKSET, '-c', CORES[side], ...command] : command;

function manage(name: string, child: ChildProcess, log: string): Started {
  track(child);
  // Without it a missing program would end the bench by an event, not by a sentence.
  let failure: Error | undefined;
  child.on('error', (error) => {
    failure = error;
    alive.delete(child);
  });
  const hasEnded = () =>
    failure !== undefined || child.exitCode !== null || child.signalCode !== null;
  return {
    name,
    pid: child.pid ?? 0,
    hasEnded,
    tail: () => failure?.message ?? lastLines(readFileSync(log, 'utf8')),
    async stop(signal = 'SIGKILL') {
      if (hasEnded()) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}

const lastLines = (text: string) =>
  text
    .trim()
    .split('\n')
    .slice(-5)
    .map((line) => line.slice(0, 400))
    .join('\n');

/** Ends the child with the bench, should it still live then. */
export function track(child: ChildProcess) {
  alive.add(child);
  child.once('exit', () => alive.delete(child));
}

const START_MS = 20_000;

/** Until it answers with 200; a sentence where it never does. */
export async function untilAnswers(started: Started, url: string, init?: RequestInit) {
  const giveUp = performance.now() + START_MS;
  while (!started.hasEnded() && performance.now() < giveUp) {
    const status = await fetch(url, init).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 0,
    );
    if (status === 200) return;
    await sleep(3);
  }
  throw new Error(`${started.name} did not start: ${started.tail() || 'it printed nothing'}`);
}
