/** The official client of the Model Context Protocol, before a gateway that speaks it. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { onTestFinished } from 'vitest';
import { startJobs } from '../jobs/support.ts';
import type { TestGatewayOptions } from '../support/gateway.ts';
import { secretOf } from '../support/gateway-keys.ts';

export async function startMcp({ environment, ...options }: TestGatewayOptions = {}) {
  const seeded = { seed: true, token: 'sd_demo', hasOwnMedia: true, ...options };
  const gateway = await startJobs({ ...seeded, environment: { MCP: 'on', ...environment } });
  const url = new URL('/mcp', gateway.url);

  /** Connects as a caller of this name, or as nobody. */
  async function connect(name?: string, headers: Record<string, string> = {}) {
    const authorization = name && { authorization: `Bearer ${secretOf(name)}` };
    const transport = new StreamableHTTPClientTransport(url, {
      requestInit: { headers: { ...(authorization || {}), ...headers } },
    });
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(transport as never);
    onTestFinished(() => client.close());
    const call = (tool: string, args: object = {}) =>
      client.callTool({ name: tool, arguments: { ...args } });
    return { client, call };
  }

  /** Sends a message as any program may. */
  const post = (
    message: unknown,
    headers: Record<string, string> = {},
    signal: AbortSignal | null = null,
  ) =>
    fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      body: typeof message === 'string' ? message : JSON.stringify(message),
      signal,
    });

  return { ...gateway, mcpUrl: url, connect, post };
}
