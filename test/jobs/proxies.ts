/** nginx, with the very lines that the docs have for streams, and HAProxy: each as a process, before a gateway. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { freePort } from '../support/free-port.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

interface Between {
  folder: string;
  /** Where it listens, and where the gateway does. */
  port: number;
  gateway: string;
  /** After which it gives up a connection that says nothing. */
  idleSeconds: number;
}

/** Of docs/running-it.md. */
function nginxLines(): { map: string; location: string } {
  const page = readFileSync('docs/running-it.md', 'utf8');
  const [, map = '', location = ''] =
    /^(map \$http_upgrade .*)\n(location \/ \{\n[^}]*\})$/m.exec(page) ?? [];
  if (!location) throw new Error('docs/running-it.md has no lines for streams through nginx');
  return { map, location };
}

function nginxConfig({ folder, port, gateway, idleSeconds }: Between): string {
  const { map, location } = nginxLines();
  const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
pid ${folder}/nginx.pid;
events { worker_connections 256; }
http {
${scratch.map((name) => `  ${name}_temp_path ${folder};`).join('\n')}
  access_log off;
  proxy_read_timeout ${idleSeconds}s;
  upstream gateway { server ${gateway}; }
  ${map}
  server {
    listen 127.0.0.1:${port};
    ${location}
  }
}
`;
}

const haproxyConfig = ({ port, gateway, idleSeconds }: Between) => `
defaults
  mode http
  timeout connect 5s
  timeout client ${idleSeconds}s
  timeout server ${idleSeconds}s
  timeout tunnel ${idleSeconds}s
frontend clients
  bind 127.0.0.1:${port}
  default_backend gateways
backend gateways
  server gateway ${gateway}
`;

const PROXIES = {
  nginx: {
    config: nginxConfig,
    args: (folder: string, file: string) => ['-p', folder, '-e', join(folder, 'log'), '-c', file],
  },
  haproxy: { config: haproxyConfig, args: (_: string, file: string) => ['-db', '-f', file] },
};

export type ProxyName = keyof typeof PROXIES;
export const PROXY_NAMES = Object.keys(PROXIES) as ProxyName[];

export async function startProxy(name: ProxyName, gatewayUrl: string, idleSeconds: number) {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const port = await freePort();
  const file = join(folder, 'config');
  const { config, args } = PROXIES[name];
  const gateway = new URL(gatewayUrl).host;
  writeFileSync(file, config({ folder, port, gateway, idleSeconds }));
  const start = async () => {
    const child = spawn(name, args(folder, file), { env: { PATH }, stdio: 'ignore' });
    await untilListening(child, port);
    return child;
  };
  let child = await start();
  const stop = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  onTestFinished(async () => {
    await stop();
    rmSync(folder, { recursive: true });
  });
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async restart() {
      await stop();
      child = await start();
    },
  };
}

async function untilListening(child: ChildProcess, port: number) {
  while (child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const isThere = await once(socket, 'connect').then(Boolean, () => false);
    socket.destroy();
    if (isThere) return;
    await sleep(20);
  }
  throw new Error(`it ended with ${child.exitCode} before it listened`);
}
