/** The gateway as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

const PATH = process.execPath;
/** What is logged once it listens. */
export const READY = '"msg":"ready"';

interface Launch {
  main?: string;
}

/** It gets nothing of this environment. */
export function start(environment: Record<string, string>, { main = 'src/main.ts' }: Launch = {}) {
  const child = spawn(PATH, [main], {
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

/** A caller's key from the command, which is this program: how to send it, and its entry in GATEWAY_KEYS. */
export async function makeKey(program: string, role: 'read' | 'write') {
  const printed = await text(spawn(PATH, [program, '--name', 'web', '--role', role]).stdout);
  return {
    authorization: `Bearer ${/gk_[\w-]{43}/.exec(printed)?.[0]}`,
    entry: /\{.*\}/.exec(printed)?.[0] as string,
  };
}
