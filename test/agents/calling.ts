/** A client that calls tools, and what is read from their results. */
import type { CallToolResult } from '@modelcontextprotocol/client';
import { startMcp } from './mcp.ts';

export const HARBOUR = { tuneId: '3618064', text: 'a harbour at dawn' };

/** The id of the first prompt that is made. */
export const MADE = 'UHJvbXB0OjQ1MjAwMDAw';

export const textsOf = (result: unknown) =>
  (result as CallToolResult).content.flatMap((part) => (part.type === 'text' ? [part.text] : []));

export const linksOf = (result: unknown) =>
  (result as CallToolResult).content.filter(({ type }) => type === 'resource_link');

export async function startCalling() {
  const gateway = await startMcp();
  const { client, call } = await gateway.connect();
  const posts = () => gateway.requests().filter((one) => one.startsWith('POST'));
  return { ...gateway, client, call, posts };
}
