/** Starts nginx and HAProxy with the files of `deploy/`. Only addresses, and timeouts that a test names, are others. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { type ProxyName, startProxy } from './proxies.ts';

interface Deployed {
  /** `127.0.0.1:4000` of each gateway. */
  gateways: readonly string[];
  /** The time after which the proxy closes a connection without data. */
  idleSeconds?: number | undefined;
}

interface Place {
  folder: string;
  port: number;
}

type Change = readonly [what: RegExp, by: string];

const FILES = {
  nginx: {
    path: 'deploy/nginx.conf',
    serverLine: /^ +server gateway-\d:4000( .*);$/gm,
    serverOf: (host: string, options: string) => `  server ${host}${options};`,
    addresses: ({ folder, port }: Place): Change[] => [
      [/listen 8080/, `listen 127.0.0.1:${port}`],
      [/access_log \S+/, `access_log ${join(folder, 'access.log')}`],
    ],
    timeouts: [/proxy_read_timeout \d+s/g],
  },
  haproxy: {
    path: 'deploy/haproxy.cfg',
    serverLine: /^ +server gateway-\d gateway-\d:4000()$/gm,
    serverOf: (host: string, _: string, index: number) => `  server gateway-${index + 1} ${host}`,
    addresses: ({ port }: Place): Change[] => [[/bind :8080/, `bind 127.0.0.1:${port}`]],
    timeouts: [/timeout client \d+s/g, /timeout server \d+s/g, /timeout tunnel \d+s/g],
  },
};

/** Resolves when the proxy listens. The caller stops it. */
export async function startDeployedProxy(name: ProxyName, deployed: Deployed) {
  return startProxy(name, await freePort(), (place) => linesOf(name, deployed, place));
}

function linesOf(name: ProxyName, { gateways, idleSeconds }: Deployed, place: Place): string {
  const { path, serverLine, serverOf, addresses, timeouts } = FILES[name];
  const file = readFileSync(path, 'utf8');
  const [[first = '', options = ''] = []] = file.matchAll(serverLine);
  const servers = gateways.map((host, index) => serverOf(host, options, index)).join('\n');
  const changes: Change[] = [
    [new RegExp(literal(first)), servers],
    [serverLine, ''],
    ...addresses(place),
    ...(idleSeconds === undefined ? [] : timeouts).map(
      (timeout): Change => [timeout, timeout.source.replace(String.raw`\d+`, String(idleSeconds))],
    ),
  ];
  return changes.reduce((lines, [what, by]) => {
    if (lines.search(what) < 0) throw new Error(`${path} has no ${what}`);
    return lines.replace(what, by);
  }, file);
}

const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
