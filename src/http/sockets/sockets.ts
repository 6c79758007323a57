/** The WebSockets that are open. Loaded with the first: it takes 90 ms. */
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
  /** Below which address pictures are named; undefined where they are named as Astria does. */
  baseFor(request: IncomingMessage): string | undefined;
}

interface Handshake {
  connection: Socket;
  /** What came behind the handshake. */
  head: Buffer;
  requestId: string;
  /** It is none. */
  refuse(fault: Error): void;
}

export class Sockets {
  readonly #deps: SocketsDeps;
  readonly #server: WebSocketServer;
  readonly #protocol: ReturnType<typeof createProtocol>;
  readonly #open = new Set<GraphSocket>();

  constructor(deps: SocketsDeps) {
    const { limits, clock, operations, identify } = deps;
    this.#deps = deps;
    const subscribe = createSubscribe(deps);
    this.#protocol = createProtocol({ limits, clock, operations, identify, subscribe });
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      // A message may be a thousand times as long as what comes of it compressed.
      perMessageDeflate: false,
      maxPayload: limits.messageBytes,
      maxFragments: limits.messagePieces,
      maxBufferedChunks: limits.messagePieces,
      handleProtocols,
      ...closingWithin(limits.closeMs),
    });
  }

  /** Refuses what is no handshake. */
  accept(request: IncomingMessage, { connection, head, requestId, refuse }: Handshake) {
    // Told within the call below, if at all.
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

  /** The process is about to end. */
  close() {
    for (const socket of this.#open) socket.endSoon();
  }
}

/** Its types know nothing of it yet. */
const closingWithin = (closeTimeout: number) => ({ closeTimeout }) as object;
