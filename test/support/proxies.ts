/** Starts nginx and HAProxy, each as a process with the lines that a test gives it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FOLDERS, placeOf } from './programs.ts';

interface Place {
  /** The folder of the process. It is deleted when the process is stopped. */
  folder: string;
  port: number;
}

const SCRATCH = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

const PROXIES = {
  /** The lines stand in `http { }`. */
  nginx: {
    config: (lines: string, folder: string) => `
daemon off;
# The folder belongs to this user alone. nginx ignores the line if it is not root.
user root;
worker_processes 2;
pid ${folder}/nginx.pid;
events { worker_connections 4096; }
http {
${SCRATCH.map((name) => `  ${name}_temp_path ${folder}/scratch;`).join('\n')}
  access_log off;
${lines}
}
`,
    args: (folder: string, file: string) => ['-p', folder, '-e', logIn(folder), '-c', file],
  },
  /** The lines are the whole file. */
  haproxy: {
    config: (lines: string) => lines,
    args: (_: string, file: string) => ['-db', '-f', file],
  },
};

export type ProxyName = keyof typeof PROXIES;
export const PROXY_NAMES = Object.keys(PROXIES) as ProxyName[];

const logIn = (folder: string) => join(folder, 'error.log');
/** HAProxy prints a line for each request. nginx writes it here if it is told to. */
const accessLogIn = (folder: string) => join(folder, 'access.log');

/** Resolves when the proxy listens on the port. The caller stops it. */
export async function startProxy(name: ProxyName, port: number, linesAt: (place: Place) => string) {
  const program = placeOf(name);
  if (!program) throw new Error(`${name} is not in ${FOLDERS.join(':')}`);
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const file = join(folder, 'config');
  const { config, args } = PROXIES[name];
  writeFileSync(logIn(folder), '');
  writeFileSync(file, config(linesAt({ folder, port }), folder));
  const log = () => readFileSync(logIn(folder), 'utf8');
  const start = async () => {
    const logs = [accessLogIn(folder), logIn(folder)].map((path) => openSync(path, 'a'));
    const child = spawn(program, args(folder, file), { stdio: ['ignore', ...logs] });
    for (const log of logs) closeSync(log);
    if (await listens(child, port)) return child;
    throw new Error(`${name} ended with ${child.exitCode} before it listened: ${log()}`);
  };
  let child = await start();
  const kill = () => child.kill('SIGTERM');
  process.once('exit', kill);
  const end = async () => {
    const ended = once(child, 'exit');
    if (kill()) await ended;
  };
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    /** Returns the lines of the error log. */
    log: () => log().split('\n'),
    /** Returns what the access log says of each request. */
    accesses: () =>
      (readFileSync(accessLogIn(folder), 'utf8').match(/^\{.*\}$/gm) ?? []).map(
        (line) => JSON.parse(line) as Record<string, unknown>,
      ),
    pid: () => child.pid as number,
    async restart() {
      await end();
      child = await start();
    },
    async stop() {
      process.off('exit', kill);
      await end();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Returns false if the process ends first. */
async function listens(child: ChildProcess, port: number): Promise<boolean> {
  while (child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const isThere = await once(socket, 'connect').then(Boolean, () => false);
    socket.destroy();
    if (isThere) return true;
    await sleep(20);
  }
  return false;
}
