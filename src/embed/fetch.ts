/** A server as a handler of the Fetch API. */
import { type IncomingMessage, request as requestOf, type Server } from 'node:http';
import { Readable } from 'node:stream';
import { ConnectionEnd } from './connection.ts';

/** What a program knows of a request that its `Request` does not hold. */
export interface ClientInfo {
  /** The address of the client. */
  remoteAddress?: string | undefined;
}

/**
 * Headers of a connection, and those that depend on how the body is sent. The answer is not compressed: who reads a `Response`
 * expects its text, and Next takes away the header that says how it is encoded.
 */
const OF_THE_CONNECTION = [
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Responses with these statuses have no body, and `Response` refuses one. */
const BODILESS = [204, 205, 304];

/**
 * Returns a function that hands requests to a server by a connection within the process. So they take the same way as any
 * other, and bodies, their back-pressure and a client that leaves are Node's business. The server need not listen.
 */
export function createFetch(server: Server) {
  return (request: Request, { remoteAddress }: ClientInfo = {}): Promise<Response> =>
    new Promise((resolve, reject) => {
      if (request.bodyUsed) throw new TypeError(BODY_USED);
      const { pathname, search, host } = new URL(request.url);
      const [theirs, ours] = ConnectionEnd.pair(remoteAddress);
      server.emit('connection', theirs);
      const outgoing = requestOf({
        createConnection: () => ours,
        method: request.method,
        path: pathname + search,
        headers: { ...headersOf(request), host: request.headers.get('host') ?? host },
        signal: request.signal,
      });
      const fail = (error: unknown) =>
        reject(request.signal.aborted ? request.signal.reason : error);
      outgoing.on('error', fail);
      outgoing.on('response', (incoming) => resolve(responseOf(incoming, request.method)));
      if (!request.body) return outgoing.end();
      const body = Readable.fromWeb(request.body as never);
      body.on('error', (error) => outgoing.destroy(error)).pipe(outgoing);
      // Also if the request is refused before its body has come.
      outgoing.on('close', () => body.destroy());
    });
}

const BODY_USED =
  'The body of the request was already read: give the gateway the request as it came, or a clone of it.';

const headersOf = ({ headers }: Request) =>
  Object.fromEntries([...headers].filter(([name]) => !OF_THE_CONNECTION.includes(name)));

function responseOf(incoming: IncomingMessage, method: string): Response {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(incoming.headersDistinct)) {
    if (name === 'connection' || name === 'keep-alive' || name === 'transfer-encoding') continue;
    for (const value of values) headers.append(name, value);
  }
  const status = incoming.statusCode as number;
  const hasBody = method !== 'HEAD' && !BODILESS.includes(status);
  if (!hasBody) incoming.resume();
  const body = hasBody ? (Readable.toWeb(incoming) as ReadableStream<Uint8Array>) : null;
  return new Response(body, { status, statusText: incoming.statusMessage ?? '', headers });
}
