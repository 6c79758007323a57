/** The receiver of the documentation, before a gateway on the emulator. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { SECRET, secretFile } from '../jobs/webhooks/support.ts';
import { freePort } from '../support/free-port.ts';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';
import { ask, started } from '../support/process.ts';

const EXAMPLE = 'examples/webhook-receiver.ts';

function printedBy({ stdout, stderr }: ChildProcess) {
  const printed = { text: '' };
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => {
      printed.text += chunk;
    });
  }
  return printed;
}

test('the receiver of the documentation is told of a prompt, and refuses what is not signed', async () => {
  const path = secretFile();
  const port = await freePort();
  const receiver = spawn(process.execPath, [EXAMPLE, path, String(port)]);
  onTestFinished(() => void receiver.kill());
  const printed = printedBy(receiver);
  await expect.poll(() => printed.text).toContain('listening');
  const url = `http://127.0.0.1:${port}/`;
  const refused = await fetch(url, { method: 'POST', body: '{"type":"prompt.finished"}' });
  expect(refused.status).toBe(401);
  const gateway = await started({
    GATEWAY_KEYS: gatewayKeys({ name: 'shop', webhook: { url, secretFile: path } }),
    WEBHOOK_PRIVATE_NETWORKS: 'on',
  });
  const create =
    'mutation { createPrompt(input: { tuneId: 1504944, text: "a pier" }) { prompt { id astriaId } } }';
  const answer = (await (await ask(gateway.url, create, bearer('shop'))).json()) as {
    data: { createPrompt: { prompt: { id: string; astriaId: number } } };
  };
  const { id, astriaId } = answer.data.createPrompt.prompt;
  const told = { id, astriaId, status: 'SUCCEEDED' };
  await expect.poll(() => printed.text, { timeout: 60_000 }).toContain(JSON.stringify(told));
  expect(printed.text).toContain('{"type":"prompt.finished","timestamp":"');
  expect(printed.text).not.toContain(SECRET);
});

test('the documentation shows what the example does', () => {
  const [, shown = ''] = /```ts\n(.*?)```/s.exec(readFileSync('docs/webhooks.md', 'utf8')) ?? [];
  const example = readFileSync(EXAMPLE, 'utf8');
  const lines = shown.split('\n').slice(0, -2);
  expect(lines.length).toBeGreaterThan(8);
  const secret = "readFileSync('webhook.secret', 'utf8')";
  const missing = lines
    .map((line) => line.replace(secret, "readFileSync(secretFile, 'utf8')").trim())
    .filter((line) => !example.includes(line));
  expect(missing).toEqual([]);
});
