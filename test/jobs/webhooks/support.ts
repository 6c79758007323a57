/** A gateway whose caller has a webhook, and the receiver of that. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { JobsNews } from '../../../src/observe/watch.ts';
import type { TestGatewayOptions } from '../../support/gateway.ts';
import { bearer, gatewayKeys, type TestKey } from '../../support/gateway-keys.ts';
import { startJobs } from '../support.ts';

export const SECRET = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
export const OTHER_SECRET = `whsec_${Buffer.from('another secret of 32 characters.').toString('base64')}`;

export interface Received {
  path: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Answers each message with the next of these: a status, or `silence`, or `late` with 204. The last one goes on. */
export async function startReceiver(...answers: (number | 'silence' | 'late')[]) {
  const received: Received[] = [];
  const open = { now: 0, most: 0 };
  const server = createServer(async (request, response) => {
    const { url: path, headers } = request;
    open.most = Math.max(open.most, ++open.now);
    response.once('close', () => open.now--);
    received.push({ path, headers, body: await text(request) });
    const answer = answers[Math.min(received.length, answers.length) - 1] ?? 204;
    if (answer === 'silence') return;
    if (answer === 'late') await sleep(200);
    response.writeHead(answer === 'late' ? 204 : answer, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/webhooks`, port, received, open };
}

export function secretFile(content = SECRET) {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'secret');
  writeFileSync(path, `${content}\n`);
  return path;
}

type WebhookGateway = TestGatewayOptions & { url: string; key?: Partial<TestKey> };

/** The caller is `web`. */
export async function startWithWebhook({ url, key, environment, ...options }: WebhookGateway) {
  const outcomes: string[] = [];
  const onJobs = (news: JobsNews) => void (news.kind === 'webhook' && outcomes.push(news.outcome));
  const web = { name: 'web', webhook: { url, secretFile: secretFile() }, ...key };
  const gateway = await startJobs({
    watchers: () => [{ onJobs }],
    ...options,
    environment: {
      ...{ GATEWAY_KEYS: gatewayKeys(web, { name: 'jobs' }), WEBHOOK_PRIVATE_NETWORKS: 'on' },
      ...environment,
    },
  });
  const mutate = async (mutation: string, headers: Record<string, string> = bearer('web')) => {
    const { data, errors } = await gateway.run(`mutation { ${mutation} }`, {}, headers);
    if (!data) throw new Error(JSON.stringify(errors));
    return data;
  };
  const createPrompt = async (more = '', headers?: Record<string, string>) => {
    const input = `tuneId: 1504944, text: "a pier" ${more}`;
    const query = `createPrompt(input: { ${input} }) { prompt { id astriaId } }`;
    const data = (await mutate(query, headers)) as {
      createPrompt: { prompt: { id: string; astriaId: number } };
    };
    return data.createPrompt.prompt;
  };
  const rest = restOf(gateway);
  /** Lets time pass in steps of two seconds. After each, everything that is due comes to rest. */
  const pass = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 2) {
      gateway.clock.advance(2000);
      await rest();
    }
  };
  return { ...gateway, outcomes, mutate, createPrompt, pass };
}

/** Returns a function that waits until neither the ledger, nor Astria, nor a receiver is asked for anything. */
function restOf({ deps, quiet }: Awaited<ReturnType<typeof startJobs>>) {
  let underWay = 0;
  const { outbox } = deps.ledger;
  const { lead, after, note, remove } = outbox;
  const counted =
    <Given extends unknown[], Result>(act: (...given: Given) => Promise<Result>) =>
    (...given: Given) => {
      underWay++;
      return act(...given).finally(() => void underWay--);
    };
  Object.assign(outbox, {
    ...{ lead: counted(lead), after: counted(after) },
    ...{ note: counted(note), remove: counted(remove) },
  });
  const isPost = (message: unknown) =>
    (message as { request: { path: string } }).request.path === '/webhooks';
  const begun = (message: unknown) => void (isPost(message) && underWay++);
  const over = (message: unknown) => void (isPost(message) && underWay--);
  const events = [
    ['undici:request:create', begun],
    ['undici:request:trailers', over],
    ['undici:request:error', over],
  ] as const;
  for (const [name, hear] of events) subscribe(name, hear);
  onTestFinished(() => {
    for (const [name, hear] of events) unsubscribe(name, hear);
  });
  return async () => {
    do await quiet();
    while (underWay > 0);
  };
}
