/** What stands between clients and the two processes: nginx, HAProxy, or a client that uses connections as nginx does. */
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { startDeployedProxy } from '../support/deployed-proxies.ts';
import type { ProxyName } from '../support/proxies.ts';

interface Answer {
  status: number;
  body: string;
}

export interface Front {
  /** The address of the proxy. Undefined if there is none. */
  url?: string;
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

/** nginx knows by failures alone that one is gone, and sends no POST again. */
export async function startNginx(ports: readonly number[]): Promise<Front> {
  const { front, log } = await startFront('nginx', ports);
  const complaints = () =>
    log().filter((line) => line.includes('[error]') && !line.includes('Connection refused'));
  return { ...front, complaints };
}

/** HAProxy asks each whether it is ready, and sends nothing more to one that is not. */
export async function startHaproxy(ports: readonly number[]): Promise<Front> {
  return (await startFront('haproxy', ports)).front;
}

async function startFront(name: ProxyName, ports: readonly number[]) {
  const gateways = ports.map((port) => `127.0.0.1:${port}`);
  const { stop, log, url } = await startDeployedProxy(name, { gateways });
  const port = Number(new URL(url).port);
  const agent = keepAlive();
  const front: Front = {
    url,
    send: (headers, body) => post(port, agent, headers, body),
    complaints: () => [],
    async close() {
      agent.destroy();
      await stop();
    },
  };
  return { front, log };
}
