/** The gateway in a process of its own, for the figures of `uploads.ts`: argv holds Astria's address. */
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createCallers } from '../src/auth/callers.ts';
import { readConfig } from '../src/config.ts';
import { serverOf } from '../src/http/server-of.ts';
import { openSqliteLedger } from '../src/paid/ledger/sqlite.ts';
import { createGateway } from '../src/server.ts';
import { createUpstream } from '../src/upstream/client.ts';

const baseUrl = process.argv[2] as string;
const config = readConfig({ ASTRIA_BASE_URL: baseUrl });
const upstream = createUpstream({ baseUrl });
const gateway = createGateway({
  config,
  upstream,
  callers: createCallers(config),
  log: pino({ level: 'error' }),
  ledger: await openSqliteLedger(':memory:', upstream.clock),
  now: Date.now,
});

const server = serverOf(gateway).listen(0, '127.0.0.1', () =>
  process.send?.({ port: (server.address() as AddressInfo).port }),
);
// The most that was ever seen, asked for and forgotten by `rss`.
let peak = 0;
const look = () => {
  peak = Math.max(peak, process.memoryUsage.rss());
};
setInterval(look, 20);
process.on('message', () => {
  look();
  process.send?.({ peak });
  peak = 0;
});
