import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import type { Connections } from './connections.ts';
import { type createUpgrades, isForSocket } from './sockets/upgrades.ts';
import { answerUnreadable } from './unreadable.ts';

interface Listening {
  /** Handles requests. */
  listener: RequestListener;
  /** Handles WebSockets. */
  sockets: Pick<ReturnType<typeof createUpgrades>, 'upgrade'>;
  connections: Connections;
}

/**
 * Creates the server of a gateway. Every refusal has a body, so Node refuses nothing by itself: the listener checks `Host` and
 * `Expect`. Before Node 24.9 a request for another protocol than WebSocket is refused.
 */
export function serverOf(
  { listener, sockets, connections }: Listening,
  options: ServerOptions = {},
): Server {
  const ours = { requireHostHeader: false, shouldUpgradeCallback: isForSocket };
  const server = createServer({ ...options, ...ours }, listener);
  server.on('checkExpectation', listener);
  server.on('upgrade', sockets.upgrade);
  answerUnreadable(server, connections);
  return server;
}
