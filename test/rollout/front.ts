/** What stands between clients and the two processes: nginx, HAProxy, or a client that uses connections as nginx does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { FOLDERS } from '../support/programs.ts';

interface Answer {
  status: number;
  body: string;
}

export interface Front {
  /** Fails where the connection does. */
  send(headers: Record<string, string>, body: string): Promise<Answer>;
  /** What it had to complain of, but for connections that were refused. */
  complaints(): string[];
  close(): Promise<void>;
}

/** How long one that has refused a connection is not asked. */
const SPARED_MS = 2000;

/** Asks in turn, by the connection that was used last. Only what was refused a connection is sent to the other: it was not sent. */
export function balance(ports: readonly number[]): Front {
  const targets = ports.map((port) => ({ port, agent: keepAlive(), refusedMs: -Infinity }));
  let turn = 0;
  return {
    async send(headers, body) {
      const now = performance.now();
      const order = targets.map((_, index) => targets[(turn + index) % targets.length]);
      turn++;
      const isSpared = (target: (typeof order)[0]) => now - Number(target?.refusedMs) < SPARED_MS;
      for (const target of order.toSorted((a, b) => Number(isSpared(a)) - Number(isSpared(b)))) {
        if (!target) continue;
        try {
          return await post(target.port, target.agent, headers, body);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error;
          target.refusedMs = performance.now();
        }
      }
      throw new Error('both refused a connection');
    },
    complaints: () => [],
    async close() {
      for (const { agent } of targets) agent.destroy();
    },
  };
}

const keepAlive = () => new Agent({ keepAlive: true, maxFreeSockets: 32, scheduling: 'lifo' });

async function post(
  port: number,
  agent: Agent,
  headers: Record<string, string>,
  body: string,
): Promise<Answer> {
  const outgoing = request({ port, agent, method: 'POST', path: '/graphql', headers }).end(body);
  const [response] = await once(outgoing, 'response');
  return { status: response.statusCode, body: await text(response) };
}

/** nginx as Debian has it: it knows by failures alone that one is gone, and sends no POST again. */
export async function startNginx(folder: string, port: number, ports: readonly number[]) {
  mkdirSync(join(folder, 'scratch'), { recursive: true });
  const config = join(folder, 'nginx.conf');
  writeFileSync(config, configOf(folder, port, ports));
  const log = join(folder, 'error.log');
  const front = await startProxy('nginx', ['-p', folder, '-e', log, '-c', config], port);
  const complaints = () =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line.includes('[error]') && !line.includes('Connection refused'));
  return { ...front, complaints };
}

/** HAProxy asks each whether it is ready, and sends nothing more to one that is not. */
export function startHaproxy(folder: string, port: number, ports: readonly number[]) {
  const config = join(folder, 'haproxy.cfg');
  writeFileSync(config, haproxyConfigOf(port, ports));
  return startProxy('haproxy', ['-db', '-q', '-f', config], port);
}

async function startProxy(program: string, args: readonly string[], port: number): Promise<Front> {
  const child = spawn(program, args, {
    env: { PATH: FOLDERS.join(':') },
    stdio: 'inherit',
  });
  const killed = () => child.kill('SIGTERM');
  process.once('exit', killed);
  await untilListening(child, port);
  const agent = keepAlive();
  return {
    send: (headers, body) => post(port, agent, headers, body),
    complaints: () => [],
    async close() {
      process.off('exit', killed);
      agent.destroy();
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function untilListening(child: ChildProcess, port: number) {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  for (;;) {
    if (failure ?? child.exitCode) throw new Error(`the proxy did not start: ${failure ?? ''}`);
    const socket = connect(port, '127.0.0.1');
    const isThere = await once(socket, 'connect').then(Boolean, () => false);
    socket.destroy();
    if (isThere) return;
    await sleep(20);
  }
}

const configOf = (folder: string, port: number, ports: readonly number[]) => `
daemon off;
worker_processes 2;
pid ${folder}/nginx.pid;
events { worker_connections 4096; }
http {
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `  ${name}_temp_path ${folder}/scratch;`).join('\n')}
  access_log off;
  error_log ${folder}/error.log error;
  upstream gateway {
    zone gateway 64k;
${ports.map((each) => `    server 127.0.0.1:${each} max_fails=1 fail_timeout=2s;`).join('\n')}
    keepalive 32;
    keepalive_timeout 60s;
  }
  server {
    listen 127.0.0.1:${port} backlog=1024;
    location / {
      proxy_pass http://gateway;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_connect_timeout 1s;
    }
  }
}
`;

/** A check may take its time on a busy machine; a `no` counts at once. */
const haproxyConfigOf = (port: number, ports: readonly number[]) => `
defaults
  mode http
  timeout connect 1s
  timeout client 60s
  timeout server 60s
  timeout check 10s
frontend clients
  bind 127.0.0.1:${port}
  default_backend gateway
backend gateway
  option httpchk GET /readyz
  option redispatch
  default-server check inter 500ms fall 1 rise 1
${ports.map((each) => `  server on${each} 127.0.0.1:${each}`).join('\n')}
`;
