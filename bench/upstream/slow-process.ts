/** An Astria that takes its time, in a process of its own: argv holds its port, where answers come from, and how late. */
import { Agent, createServer, request } from 'node:http';

const [, , port, target = '', delayMs] = process.argv;
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

// The answer is fetched at once, and lies ready when its time has come: of the proxy's own work little is in the time.
const server = createServer((incoming, response) => {
  const due = performance.now() + Number(delayMs);
  const { method, headers } = incoming;
  const outgoing = request(target + incoming.url, { method, headers, agent });
  outgoing.on('error', () => response.destroy());
  outgoing.on('response', async (answer) => {
    const body = Buffer.concat(await answer.toArray());
    const { connection, ...passedOn } = answer.headers;
    setTimeout(
      () => response.writeHead(answer.statusCode ?? 502, passedOn).end(body),
      Math.ceil(due - performance.now()),
    );
  });
  outgoing.end();
});
// As nginx: whoever keeps a connection finds it there.
server.keepAliveTimeout = 3_600_000;
server.listen(Number(port), '127.0.0.1', 4096);
