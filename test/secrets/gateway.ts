/** The gateway as a process with everything on, all that it writes, and the ways to ask it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support/free-port.ts';
import type { Written } from './search.ts';

const ROOT = new URL('../..', import.meta.url);

export interface Watched {
  url: string;
  written: Written[];
  ask(what: string, init: RequestInit & { path?: string }): Promise<string>;
  /** Ends it by SIGTERM, and reads what it has left. */
  stop(): Promise<void>;
}

export async function startWatched(environment: Record<string, string>): Promise<Watched> {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  const metricsPort = await freePort();
  const collector = await startCollector();
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: ROOT,
    env: {
      PORT: '0',
      LOG_LEVEL: 'trace',
      METRICS: 'on',
      MCP: 'on',
      METRICS_PORT: String(metricsPort),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      LEDGER_PATH: join(folder, 'ledger.sqlite'),
      UPSTREAM_RETRIES: '0',
      UPSTREAM_TIMEOUT_MS: '1000',
      SHUTDOWN_DELAY: '0',
      SHUTDOWN_TIMEOUT: '10',
      NEW_KEY_RATE_LIMIT: '999999999/s',
      ...environment,
    },
  });
  const printed = printedBy(child);
  const answers: Written[] = [];
  while (!printed.out.includes('"msg":"ready"')) {
    if (child.exitCode !== null) throw new Error(`It did not start: ${printed.err}`);
    await sleep(5);
  }
  const url = /"endpoint":"([^"]+)"/.exec(printed.out)?.[1] as string;

  async function ask(what: string, { path, ...init }: RequestInit & { path?: string }) {
    const response = await fetch(path ? new URL(path, url) : url, init);
    const text = await response.text();
    const head = JSON.stringify([...response.headers]);
    answers.push({ where: `the answer to ${what}`, text: `${response.status} ${head}\n${text}` });
    return text;
  }

  return {
    url,
    written: answers,
    ask,
    async stop() {
      const metrics = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
      answers.push({ where: 'the metrics', text: await metrics.text() });
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await collector.close();
      answers.push({ where: 'standard output', text: printed.out });
      answers.push({ where: 'standard error', text: printed.err });
      answers.push({ where: 'the traces', text: collector.text() });
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        answers.push({ where: name, text: readFileSync(join(folder, name), 'latin1') });
      }
      rmSync(folder, { recursive: true });
    },
  };
}

function printedBy(child: ChildProcess) {
  const printed = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    printed.out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    printed.err += text;
  });
  return printed;
}

/** What a process says that is not to start. */
export async function refusalOf(env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, ['src/main.ts'], { cwd: ROOT, env: { PORT: '0', ...env } });
  const printed = printedBy(child);
  const patience = setTimeout(() => child.kill('SIGKILL'), 5000);
  await once(child, 'close');
  clearTimeout(patience);
  return printed.out + printed.err;
}

/** An OpenTelemetry collector that keeps whatever it is sent, heads too. */
async function startCollector() {
  let text = '';
  const server = createServer(async (request: IncomingMessage, response) => {
    text += `${request.url} ${JSON.stringify(request.headers)}\n${await buffer(request)}\n`;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    text: () => text,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
