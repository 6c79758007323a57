/** The gateway as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

const PATH = process.execPath;
const MAIN = 'src/main.ts';
/** What is logged once it listens. */
export const READY = '"msg":"ready"';

interface Launch {
  main?: string;
  args?: readonly string[];
}

/** It gets nothing of this environment. */
export function start(
  environment: Record<string, string>,
  { main = MAIN, args = [] }: Launch = {},
) {
  const child = spawn(PATH, [main, ...args], {
    env: { PORT: '0', LEDGER_PATH: ':memory:', SHUTDOWN_DELAY: '0', ...environment },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** And what it prints until it listens. */
export async function started(environment: Record<string, string> = {}, launch?: Launch) {
  const child = start(environment, launch);
  let printed = '';
  child.stdout.setEncoding('utf8');
  for await (const chunk of child.stdout) {
    printed += chunk;
    if (printed.includes(READY)) break;
  }
  const url = /"endpoint":"([^"]+)"/.exec(printed)?.[1] as string;
  return { child, printed, url };
}

export const ended = async (child: ChildProcess) => (await once(child, 'exit'))[0];

export const ask = (url: string, query: string, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

/** Runs a command of `astria-graphql` to its end. Its environment is what is given here. */
export async function command(
  args: readonly string[],
  { main = MAIN, env = {} }: { main?: string | undefined; env?: Record<string, string> } = {},
) {
  const child = spawn(PATH, [main, ...args], { env });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended(child),
  ]);
  return { stdout, stderr, code };
}

/** A caller's key from the command `key`: how to send it, and its entry in GATEWAY_KEYS. */
export async function makeKey(role: 'read' | 'write', main?: string) {
  const { stdout } = await command(['key', '--name', 'web', '--role', role], { main });
  return {
    authorization: `Bearer ${/gk_[\w-]{43}/.exec(stdout)?.[0]}`,
    entry: /\{.*\}/.exec(stdout)?.[0] as string,
  };
}
