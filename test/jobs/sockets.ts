/** Clients of GraphQL over WebSocket: the one that people use, and one that says whatever it is told to. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { ExecutionResult } from 'graphql';
import { type ClientOptions, createClient } from 'graphql-ws';
import { onTestFinished } from 'vitest';
import WebSocket, { type ClientOptions as SocketOptions } from 'ws';

const socketUrl = (url: string) => url.replace(/^http/, 'ws');

type Asked = { query: string; variables?: Record<string, unknown> };

/** Tells what came of a subscription, and how it ended. */
export function openSubscription(
  url: string,
  payload: Asked,
  options: Partial<ClientOptions> = {},
) {
  const client = createClient({
    url: socketUrl(url),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...options,
  });
  onTestFinished(() => void client.dispose());
  const told: ExecutionResult[] = [];
  const end: { errors?: unknown; isComplete?: boolean } = {};
  let leave = () => {};
  const ended = new Promise<void>((resolve) => {
    leave = client.subscribe(payload, {
      next: (result) => void told.push(result as ExecutionResult),
      error(errors) {
        end.errors = errors;
        resolve();
      },
      complete() {
        end.isComplete = true;
        resolve();
      },
    });
  });
  return {
    client,
    told,
    end,
    ended,
    leave: () => leave(),
    /** What the fields of the root said. */
    values: () =>
      told.flatMap(({ data }) => Object.values(data ?? {})) as Record<string, unknown>[],
  };
}

/** Says what it is told to, and keeps what it hears. */
export async function openRaw(url: string, options: SocketOptions & { protocol?: string } = {}) {
  const { protocol = 'graphql-transport-ws', ...rest } = options;
  const socket = new WebSocket(socketUrl(url), protocol, rest);
  onTestFinished(() => socket.terminate());
  const heard: Record<string, unknown>[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data))));
  const closed = once(socket, 'close').then(([code, reason]) => ({ code, reason: String(reason) }));
  await once(socket, 'open');
  return {
    socket,
    heard,
    closed,
    say: (message: object) => socket.send(JSON.stringify(message)),
    async init(payload?: object) {
      socket.send(JSON.stringify({ type: 'connection_init', payload }));
      await once(socket, 'message');
    },
    subscribe: (id: string, payload: object) =>
      socket.send(JSON.stringify({ id, type: 'subscribe', payload })),
  };
}

/** Returns the connection below a socket, to send what a client of WebSockets does not. */
export const rawConnectionOf = (socket: WebSocket) =>
  (socket as never as { _socket: Socket })._socket;

/** The answer to who asks for a socket and gets none. */
export async function refusal(url: string, options: SocketOptions = {}) {
  const socket = new WebSocket(socketUrl(url), 'graphql-transport-ws', options);
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode as number, body: JSON.parse(String(Buffer.concat(chunks))) };
}
