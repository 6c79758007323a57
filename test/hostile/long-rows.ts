/** An Astria whose tunes have long titles: each answer of a hundred is a megabyte. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LongRows {
  url: string;
  close(): Promise<void>;
}

const ROWS = 100;
const MEGABYTE = 1_000_000;

export async function startLongRows(bytes = MEGABYTE): Promise<LongRows> {
  const title = 'x'.repeat(bytes / ROWS);
  const rows = Array.from({ length: ROWS }, (_, n) => ({ id: ROWS - n, title, images: [] }));
  const body = Buffer.from(JSON.stringify(rows));
  const usual = Buffer.from(JSON.stringify(rows.map((row) => ({ ...row, title: 'usual' }))));
  const server = createServer(async ({ url = '' }, response) => {
    const [, waitMs = 0] = /title=wait-(\d+)/.exec(url) ?? [];
    await sleep(Number(waitMs));
    response
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end(url.includes('title=usual') ? usual : body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A query of its own, and so a read of its own; `waitMs`: for as long as Astria takes. */
export const longQuery = (name: string, waitMs?: number) =>
  `{tunes(first:100,filter:{title:"${waitMs ? `wait-${waitMs}-` : ''}${name}"}){nodes{title}}}`;
