import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import { embedded } from '../support/embedded.ts';

test('a gateway within a program serves the tools too', async () => {
  const { gateway, emulator } = await embedded({ mcp: true });
  const transport = new StreamableHTTPClientTransport(new URL('http://localhost/mcp'), {
    requestInit: { headers: { authorization: `Bearer ${emulator.key}` } },
    fetch: (url, init) => gateway.fetch(new Request(url, init)),
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport as never);
  const { structuredContent } = await client.callTool({ name: 'get_account', arguments: {} });
  expect(structuredContent).toMatchObject({ viewer: { name: 'Dana' } });
});
