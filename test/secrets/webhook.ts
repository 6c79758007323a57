/** A webhook whose receiver refuses every message, so that the gateway has something to say of it. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOME = 'Wq7Kx9Vd2LwPm4TnB8sRc6Yh3JgF5uEa';
export const WEBHOOK_SECRETS = [
  { name: 'the secret of a webhook', value: Buffer.from(SOME).toString('base64') },
  { name: 'a token in the address of a webhook', value: `hook-${SOME}` },
] as const;

export async function startWebhook() {
  const [secret, token] = WEBHOOK_SECRETS;
  const folder = mkdtempSync(join(tmpdir(), 'webhook-'));
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, `whsec_${secret.value}`);
  const server = createServer((_, response) => response.writeHead(500).end(token.value));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const called = once(server, 'request');
  const { port } = server.address() as AddressInfo;
  return {
    webhook: { url: `http://127.0.0.1:${port}/?token=${token.value}`, secretFile },
    /** Resolves when a message has come. */
    called,
    close() {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
