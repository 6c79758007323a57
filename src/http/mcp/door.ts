/** The address of the Model Context Protocol: https://modelcontextprotocol.io/specification */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Config } from '../../config.ts';
import { badRequest, failure, unsupportedMedia } from '../../graphql/errors.ts';
import { checkValues } from '../body-shape.ts';
import type { Incoming } from '../incoming.ts';
import { contentTypeOf, isForMcp, isJson, malformed } from '../params.ts';
import type { createExchanges, ExchangeDeps } from './exchange.ts';
import { createOriginCheck } from './origins.ts';
import type { McpExchange } from './runner.ts';

const BATCH = /^\s*\[/;

export function createMcpDoor(config: Config, deps: ExchangeDeps) {
  const { servesMcp } = config;
  const checkOrigin = createOriginCheck(config);
  let exchanges: ReturnType<typeof createExchanges> | undefined;

  async function loaded() {
    const module = await import('./exchange.ts');
    exchanges ??= module.createExchanges(deps);
    return exchanges;
  }

  return {
    isFor: (request: IncomingMessage) => servesMcp && isForMcp(request),

    /** Refuses what is no message, before anything is read. */
    check(request: IncomingMessage, incoming: Incoming) {
      // So that a refusal has its status, whatever the client accepts.
      incoming.mediaType = 'application/graphql-response+json';
      checkOrigin(request);
      if (request.method !== 'POST') throw onlyPost();
      if (!isJson(contentTypeOf(request) ?? '')) throw onlyJson();
    },

    async answer(exchange: McpExchange, body: Buffer) {
      checkValues(body);
      if (!isUtf8(body)) throw malformed('The body is not UTF-8: send it in that.');
      const message = body.toString();
      if (BATCH.test(message)) throw oneEach();
      const answer = exchanges ?? (await loaded());
      await answer(exchange, message);
    },
  };
}

/** The specification asks for this status. There is no stream to open by GET, and no session to end by DELETE. */
const onlyPost = () =>
  failure('BAD_REQUEST', 'MCP is spoken by POST here: send each message in a request of its own.', {
    http: { status: 405, headers: { Allow: 'POST' } },
  });

const onlyJson = () => unsupportedMedia('A message of MCP is `application/json`: send it as that.');

const oneEach = () => badRequest('A request of MCP holds one message: send each by itself.');
