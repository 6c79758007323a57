/** Accepts WebSockets at the address of the graph, for subscriptions only. A handshake is checked as any request is. */
import { type IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { badRequest, failure, overloaded } from '../../graphql/errors.ts';
import { type Answer, send } from '../answer.ts';
import { hasUnwantedBody } from '../body.ts';
import { type Graphs, graphAt, type ServedGraph } from '../graphs.ts';
import { type Incoming, incomingOf } from '../incoming.ts';
import { nothingAt } from '../params.ts';
import { secure } from '../security-headers.ts';
import type { Sockets, SocketsDeps } from './sockets.ts';

interface UpgradesDeps extends Omit<SocketsDeps, 'graph'> {
  graphs: Graphs;
  checkHost(request: IncomingMessage): void;
  checkOrigin(request: IncomingMessage): void;
  /** Makes the HTTP response of a refusal. */
  refusalOf(incoming: Incoming): Promise<Answer>;
}

/**
 * Returns whether a request asks for a WebSocket. A request for another protocol, such as HTTP/2, is answered as if it had not
 * asked. So is one that is no GET or has a body, for which Node would pass a stream that is no socket.
 */
export const isForSocket = (request: IncomingMessage) =>
  request.method === 'GET' &&
  request.headers.upgrade?.toLowerCase() === 'websocket' &&
  !hasUnwantedBody(request);

export function createUpgrades(deps: UpgradesDeps) {
  const sockets = new Map<ServedGraph, Sockets>();
  let isClosed = false;

  async function socketsOf(graph: ServedGraph): Promise<Sockets> {
    const module = await import('./sockets.ts');
    const made = sockets.get(graph) ?? new module.Sockets({ ...deps, graph });
    sockets.set(graph, made);
    return made;
  }

  function check(request: IncomingMessage): ServedGraph {
    deps.checkHost(request);
    const graph = graphAt(request, deps.graphs);
    if (!graph) throw failure('NOT_FOUND', nothingAt(request), { http: { status: 404 } });
    if (!isForSocket(request)) throw otherProtocol();
    deps.checkOrigin(request);
    if (isClosed) {
      throw overloaded('This process is about to stop: ask again.', CLOSED);
    }
    return graph;
  }

  async function open(request: IncomingMessage, connection: Socket, head: Buffer) {
    const graph = check(request);
    const ready = sockets.get(graph) ?? (await socketsOf(graph));
    if (isClosed) return connection.destroy();
    const { requestId } = incomingOf(request, 1);
    let fault: Error | undefined;
    const refuse = (found: Error) => {
      fault = found;
    };
    ready.accept(request, { connection, head, requestId, refuse });
    if (fault) throw noHandshake(fault);
  }

  async function refuse(request: IncomingMessage, connection: Socket, refusal: unknown) {
    const response = new ServerResponse(request);
    response.assignSocket(connection);
    response.once('finish', () => connection.destroySoon());
    const incoming = incomingOf(request, 1);
    secure(response);
    response.setHeader('X-Request-Id', incoming.requestId).setHeader('Connection', 'close');
    send(response, await deps.refusalOf({ ...incoming, refusal }));
  }

  return {
    /** Handles the event `upgrade` of a server. */
    upgrade(request: IncomingMessage, connection: Duplex, head: Buffer) {
      if (!(connection instanceof Socket)) return connection.destroy();
      connection.on('error', () => connection.destroy());
      const { unanswered, settle } = deps.load.connections.owe(connection);
      // The answers to its earlier requests would come in between.
      if (unanswered > 1) return connection.destroy();
      open(request, connection, head)
        .catch((refusal) => refuse(request, connection, refusal))
        .catch(() => connection.destroy())
        .finally(settle);
    },

    /** Closes the sockets before the process ends. Clients with a subscription reconnect. */
    close() {
      isClosed = true;
      for (const one of sockets.values()) one.close();
    },
  };
}

const CLOSED = { name: 'streams', max: 0, found: 1 };

const otherProtocol = () =>
  unreadable(
    'The header `Upgrade` asks for what is not spoken here: leave it out, or ask for `websocket` by a GET without a body.',
  );

const noHandshake = ({ message }: Error) =>
  unreadable(`This is no handshake of a WebSocket: ${message}.`);

function unreadable(message: string) {
  const error = badRequest(message);
  error.extensions.http = { status: 400 };
  return error;
}
