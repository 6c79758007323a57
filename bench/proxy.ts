/** A plain proxy in a process of its own, to compare with: it pipes the body and looks at nothing. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

const target = new URL(process.argv[2] as string);

const server = createServer((incoming, response) => {
  const { 'content-type': type, 'content-length': length } = incoming.headers;
  const outgoing = request(new URL('/tunes', target), {
    method: 'POST',
    headers: { ...(type && { 'content-type': type }), ...(length && { 'content-length': length }) },
  });
  outgoing.on('response', (answer) => answer.pipe(response));
  incoming.pipe(outgoing);
}).listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
