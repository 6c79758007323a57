/** Answers requests that cannot be parsed. They reach no listener, and Node would answer them without a body. */
import { maxHeaderSize, type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ErrorCode, Limit } from '../graphql/errors.ts';
import type { Connections } from './connections.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { LINGER_MS, TOO_LARGE, TOO_SLOW } from './uploads/limits.ts';

interface Fault {
  status: number;
  message: string;
  limit?: Limit;
}

type ParseError = NodeJS.ErrnoException & { reason?: string };

/** Answers in place of Node, which would write its answer into the middle of another one, or ahead of an earlier request's. */
export function answerUnreadable(server: Server, connections: Connections) {
  // After a fault the parser reports each further packet.
  const refused = new WeakSet<Duplex>();

  function refuse(socket: Duplex, fault: Fault) {
    if (refused.has(socket)) return;
    refused.add(socket);
    const { unanswered, last } = connections.dueOn(socket as Socket);
    const isOfLast = unanswered === 1 && last?.req.complete === false && !last.headersSent;
    if (unanswered === 0 || isOfLast) end(socket, fault);
    else if (last?.req.complete) last.once('close', () => end(socket, fault));
    else socket.end(() => socket.destroy());
  }

  function faultOf({ code, reason, message }: ParseError, socket: Duplex): Fault {
    if (code === 'HPE_HEADER_OVERFLOW') return HEAD_TOO_LARGE;
    if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return EXTENSIONS_TOO_LARGE;
    if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
      return connections.dueOn(socket as Socket).unanswered === 0
        ? tooSlow('headMs', server.headersTimeout)
        : tooSlow('requestMs', server.requestTimeout);
    }
    const what = reason ?? message;
    return { status: 400, message: `This is not a valid HTTP/1.1 request: ${what}.` };
  }

  server.on('clientError', (error, socket) => refuse(socket, faultOf(error, socket)));
  server.on('connect', (_, socket) =>
    refuse(
      socket.on('error', () => socket.destroy()),
      PROXY,
    ),
  );
}

/** Sends the last answer of a connection. */
function end(socket: Duplex, fault: Fault) {
  if (!socket.writable) return;
  // A client that sends everything before it reads would lose the answer if the connection were closed at once.
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
  socket.resume().end(written(fault));
}

/** Node's limit for the number of headers. */
const MAX_HEADERS = 1000;

const HEAD_TOO_LARGE: Fault = {
  status: 431,
  message: `The address and the headers are longer than ${maxHeaderSize} bytes together, or there are more than ${MAX_HEADERS} headers: send less of them, or send the query by POST.`,
  limit: { name: 'headBytes', max: maxHeaderSize, found: 'more' },
};

/** Node's limit is fixed. */
const EXTENSIONS_TOO_LARGE: Fault = {
  status: TOO_LARGE,
  message: 'The extensions of the chunks of the body are longer than 16384 bytes: leave them out.',
};

const tooSlow = (name: 'headMs' | 'requestMs', maxMs: number): Fault => ({
  status: TOO_SLOW,
  message: `The request did not come within ${maxMs / 1000} seconds: send it again.`,
  limit: { name, max: maxMs, found: `more than ${maxMs}` },
});

const PROXY: Fault = {
  status: 400,
  message: 'The method `CONNECT` is for proxies, and this is not one: ask for `/graphql`.',
};

function written({ status, message, limit }: Fault): string {
  const code: ErrorCode = 'BAD_REQUEST';
  const body = JSON.stringify({ errors: [{ message, extensions: { code, limit } }] });
  const headers = [
    ['Date', new Date().toUTCString()],
    ...SECURITY_HEADERS,
    ['Content-Type', 'application/json; charset=utf-8'],
    ['Content-Length', String(Buffer.byteLength(body))],
    ['Connection', 'close'],
  ].map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers, '', body].join('\r\n');
}
