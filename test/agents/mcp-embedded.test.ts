import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect, onTestFinished, test } from 'vitest';
import { createGateway, startEmulator } from '../../src/embed.ts';

test('a gateway within a program serves the tools too', async () => {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  const gateway = await createGateway({ astriaBaseUrl: emulator.url, mcp: true });
  onTestFinished(() => gateway.close());
  const transport = new StreamableHTTPClientTransport(new URL('http://localhost/mcp'), {
    requestInit: { headers: { authorization: `Bearer ${emulator.key}` } },
    fetch: (url, init) => gateway.fetch(new Request(url, init)),
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport as never);
  const { structuredContent } = await client.callTool({ name: 'get_account', arguments: {} });
  expect(structuredContent).toMatchObject({ viewer: { name: 'Dana' } });
});
