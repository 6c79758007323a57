/** nginx, with the lines that the docs have for streams, and HAProxy: each in front of one gateway. */
import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { type ProxyName, startProxy } from '../support/proxies.ts';

interface Between {
  port: number;
  /** The host of the gateway. */
  gateway: string;
  /** The time after which the proxy gives up a connection that says nothing. */
  idleSeconds: number;
}

/** Returns the lines of docs/running-it.md. */
function documentedLines(): { map: string; location: string } {
  const page = readFileSync('docs/running-it.md', 'utf8');
  const [, map = '', location = ''] =
    /^(map \$http_upgrade .*)\n(location \/ \{\n[^}]*\})$/m.exec(page) ?? [];
  if (!location) throw new Error('docs/running-it.md has no lines for streams through nginx');
  return { map, location };
}

function nginxLines({ port, gateway, idleSeconds }: Between): string {
  const { map, location } = documentedLines();
  return `
  proxy_read_timeout ${idleSeconds}s;
  upstream gateway { server ${gateway}; }
  ${map}
  server {
    listen 127.0.0.1:${port};
    ${location}
  }
`;
}

const haproxyLines = ({ port, gateway, idleSeconds }: Between) => `
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

const LINES = { nginx: nginxLines, haproxy: haproxyLines };

export async function proxyTo(gatewayUrl: string, name: ProxyName, idleSeconds: number) {
  const gateway = new URL(gatewayUrl).host;
  const proxy = await startProxy(name, await freePort(), ({ port }) =>
    LINES[name]({ port, gateway, idleSeconds }),
  );
  onTestFinished(proxy.stop);
  return proxy;
}
