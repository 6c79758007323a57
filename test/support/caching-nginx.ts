/** nginx as a cache in front of a gateway, which keeps whatever an answer lets it keep. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Answers its address. `X-Cache` of its answers says whether they were kept: HIT, MISS, EXPIRED … */
export async function startCachingNginx(gatewayUrl: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'astria-nginx-'));
  mkdirSync(join(folder, 'scratch'));
  const port = await freePort();
  const config = join(folder, 'nginx.conf');
  writeFileSync(config, configOf(folder, port, new URL(gatewayUrl).host));
  const log = join(folder, 'error.log');
  const child = spawn('nginx', ['-p', folder, '-e', log, '-c', config], { env: { PATH } });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true });
  });
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`nginx did not start: see ${log}`);
    await sleep(20);
  }
  return `http://127.0.0.1:${port}/graphql`;
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isThere = await once(socket, 'connect').then(Boolean, () => false);
  socket.destroy();
  return isThere;
}

const configOf = (folder: string, port: number, host: string) => `
daemon off;
# Its folder is ours alone. Where we are not root, nginx stays who we are.
user root;
pid ${folder}/nginx.pid;
events {}
http {
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `  ${name}_temp_path ${folder}/scratch;`).join('\n')}
  access_log off;
  proxy_cache_path ${folder}/cache keys_zone=answers:1m;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://${host};
      proxy_cache answers;
      # What says nothing for itself is kept too.
      proxy_cache_valid any 10m;
      proxy_cache_revalidate on;
      add_header X-Cache $upstream_cache_status always;
    }
  }
}
`;
