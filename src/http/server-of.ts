import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { type createUpgrades, isForSocket } from './sockets/upgrades.ts';

interface Listening {
  /** Of requests. */
  listener: RequestListener;
  /** Of WebSockets. */
  sockets: Pick<ReturnType<typeof createUpgrades>, 'upgrade'>;
}

/** What listens for a gateway. Before Node 24.9 what asks for another protocol than WebSocket is refused. */
export function serverOf({ listener, sockets }: Listening, options: ServerOptions = {}): Server {
  const server = createServer({ ...options, shouldUpgradeCallback: isForSocket }, listener);
  return server.on('upgrade', sockets.upgrade);
}
