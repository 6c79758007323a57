import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createUpstream } from '../../src/upstream/client.ts';

/** Before an Astria that does what the emulator does not; both are closed with the test. */
export async function startBefore(astria: RequestListener) {
  const server = createServer(astria).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const upstream = createUpstream({ baseUrl, retries: 0 });
  onTestFinished(async () => {
    await upstream.close();
    server.closeAllConnections();
    server.close();
  });
  return upstream;
}
