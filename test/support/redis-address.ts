/** One address of a Redis, behind which the server changes, and whose replies can get lost. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export async function redisAddress(first: number) {
  let port = first;
  let isAway = false;
  let loseIn: number | undefined;
  let staysAway = false;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    if (isAway) return void client.destroy();
    const behind = connect(port, '127.0.0.1');
    sockets.add(client);
    const end = () => {
      sockets.delete(client);
      client.destroy();
      behind.destroy();
    };
    for (const socket of [client, behind]) socket.on('error', end).on('close', end);
    client.on('data', (commands) => {
      behind.write(commands);
      if (loseIn === undefined || --loseIn > 0) return;
      loseIn = undefined;
      isAway ||= staysAway;
      // It is done, and nobody is told.
      behind.removeAllListeners('data').once('data', end);
    });
    behind.on('data', (replies) => client.write(replies));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    /** From the next connection on. */
    leadTo(other: number) {
      port = other;
    },
    /** Of the commands from now on, counted by their arrival, the reply to this one is lost, with its connection; `isLast`: and nobody is let through from then on. */
    loseReply(number: number, { isLast = false } = {}) {
      loseIn = number;
      staysAway = isLast;
    },
    /** Nobody is let through, and whoever was is cut off. */
    away(isSo: boolean) {
      isAway = isSo;
      if (isSo) drop();
    },
    close() {
      drop();
      server.close();
    },
  };
}
