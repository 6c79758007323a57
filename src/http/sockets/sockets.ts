/** The open WebSockets. This module is loaded with the first one, because that takes 90 ms. */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { handleProtocols } from 'graphql-ws';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import type { Clock } from '../../jobs/clock.ts';
import type { Load } from '../load.ts';
import { GraphSocket } from './graph-socket.ts';
import type { SocketLimits } from './limits.ts';
import { createProtocol } from './protocol.ts';
import { createSubscribe, type Doors } from './subscribe.ts';

export interface SocketsDeps extends Doors {
  limits: SocketLimits;
  load: Load;
  clock: Pick<Clock, 'now'>;
  log: Logger;
  /** Returns the base of the addresses of pictures. Undefined if they stay as Astria has them. */
  baseFor(request: IncomingMessage): string | undefined;
}

interface Handshake {
  connection: Socket;
  /** The bytes that came after the handshake. */
  head: Buffer;
  requestId: string;
  /** Called if the request is not a handshake. */
  refuse(fault: Error): void;
}

export class Sockets {
  readonly #deps: SocketsDeps;
  readonly #server: WebSocketServer;
  readonly #protocol: ReturnType<typeof createProtocol>;
  readonly #open = new Set<GraphSocket>();

  constructor(deps: SocketsDeps) {
    const { limits, clock, graph, identify } = deps;
    const { operations } = graph;
    this.#deps = deps;
    const subscribe = createSubscribe(deps);
    this.#protocol = createProtocol({ limits, clock, operations, identify, subscribe });
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      // A compressed message may become a thousand times as long.
      perMessageDeflate: false,
      maxPayload: limits.messageBytes,
      maxFragments: limits.messagePieces,
      maxBufferedChunks: limits.messagePieces,
      handleProtocols,
      ...closingWithin(limits.closeMs),
    });
  }

  /** Accepts a handshake. Refuses a request that is not one. */
  accept(request: IncomingMessage, { connection, head, requestId, refuse }: Handshake) {
    // The event is emitted within the call below, if at all.
    this.#server.once('wsClientError', refuse);
    this.#server.handleUpgrade(request, connection, head, (webSocket) => {
      const { limits, load, log, baseFor } = this.#deps;
      const socket = new GraphSocket(webSocket, {
        ...{ connection, limits, connections: load.connections },
        onDefect: (error) => log.error({ requestId, err: error }, 'a WebSocket failed'),
      });
      this.#open.add(socket);
      webSocket.once('close', () => this.#open.delete(socket));
      const mediaBase = baseFor(request);
      socket.onClose(
        this.#protocol.opened(socket, { socket, request, requestId, mediaBase, asked: 0 }),
      );
    });
    this.#server.off('wsClientError', refuse);
  }

  /** Closes the sockets before the process ends, each after its last subscription. */
  close() {
    for (const socket of this.#open) socket.endSoon();
  }
}

/** The option is missing in the types of ws. */
const closingWithin = (closeTimeout: number) => ({ closeTimeout }) as object;
