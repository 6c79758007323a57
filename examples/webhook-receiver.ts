/** Receives webhooks, and prints what they tell: `npx node examples/webhook-receiver.ts webhook.secret 8080`. See docs/webhooks.md. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

const [, , secretFile = 'webhook.secret', port = '8080'] = process.argv;
const webhook = new Webhook(readFileSync(secretFile, 'utf8').trim());

const server = createServer(async (request, response) => {
  try {
    const headers = request.headers as Record<string, string>;
    console.log(JSON.stringify(webhook.verify(await text(request), headers)));
    response.writeHead(204).end();
  } catch {
    response.writeHead(401).end();
  }
});
server.listen(Number(port), '127.0.0.1', () => console.log('listening at', server.address()));
