/** Answers messages of the Model Context Protocol. This module is loaded with the first one. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createMcpHandler } from '@modelcontextprotocol/server';
import type { Logger } from 'pino';
import type { Caller } from '../../auth/caller.ts';
import type { TrustedDocuments } from '../../graphql/trusted/trusted-documents.ts';
import type { Clock } from '../../jobs/clock.ts';
import { announced } from './announced.ts';
import { shippedDocuments } from './documents.ts';
import { paidTools } from './paid-tools.ts';
import { readTools } from './read-tools.ts';
import { createRun, type Doors, type McpExchange } from './runner.ts';
import { createToolServer } from './tool-server.ts';

export interface ExchangeDeps extends Doors {
  trusted: TrustedDocuments;
  clock: Pick<Clock, 'now' | 'wakeAt'>;
  log: Logger;
}

export function createExchanges(deps: ExchangeDeps) {
  const { operations, trusted, clock, log } = deps;
  const documents = shippedDocuments();
  const tools = [...readTools, ...paidTools].map((tool) => announced(tool, documents));
  for (const name of new Set(tools.flatMap((tool) => tool.operations))) {
    operations.keep(documents.get(name) as string);
  }

  /** Returns the tools whose operations the caller may run. */
  const offeredTo = (caller: Caller) =>
    tools.filter(
      ({ operations: names, annotations }) =>
        (caller.role === 'write' || annotations.readOnlyHint) &&
        names.every((name) => trusted.allows(documents.get(name) as string, caller)),
    );

  return async (exchange: McpExchange, body: string) => {
    const { request, response, incoming } = exchange;
    const { signal, requestId } = incoming;
    const run = createRun(deps, documents, exchange);
    const offered = offeredTo(incoming.caller);
    const { fetch } = createMcpHandler(() => createToolServer({ run, offered, clock }), {
      onerror: (error) => log.debug({ requestId, err: error }, 'a message of MCP is refused'),
      // There is nothing to subscribe to.
      maxSubscriptions: 0,
    });
    const headers = headersOf(request);
    const url = `http://localhost${request.url}`;
    const message = new Request(url, { method: 'POST', headers, body, signal });
    await write(response, await fetch(message), signal);
  };
}

/** Returns the headers of the protocol. The key of the caller is not among them. */
const headersOf = ({ headers }: IncomingMessage) =>
  Object.entries(headers)
    .filter(([name]) => name === 'accept' || name === 'content-type' || name.startsWith('mcp-'))
    .map(([name, value]): [string, string] => [name, String(value)]);

async function write(response: ServerResponse, answer: Response, signal: AbortSignal) {
  for (const [name, value] of answer.headers) {
    // The connection is ours, and so is the rule that nobody stores an answer.
    if (name !== 'connection' && name !== 'cache-control') response.setHeader(name, value);
  }
  response.writeHead(answer.status);
  try {
    for await (const chunk of answer.body ?? []) {
      if (!response.write(chunk)) await once(response, 'drain', { signal });
    }
  } catch (error) {
    // The client has left, so nobody reads the rest.
    if (!signal.aborted) throw error;
  }
  response.end();
}
