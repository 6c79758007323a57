/** GraphQL over WebSocket, by graphql-ws: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md */
import type { IncomingMessage } from 'node:http';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { type Context, makeServer } from 'graphql-ws';
import type { Caller } from '../../auth/caller.ts';
import { overloaded } from '../../graphql/errors.ts';
import type { Operations } from '../../graphql/operations.ts';
import type { Clock } from '../../jobs/clock.ts';
import type { Sender } from '../admission.ts';
import { isEvents, plainErrors, plainResult, type Results } from '../event-stream.ts';
import { COME_BACK, closingFor, TOKEN_OVER } from './closing.ts';
import { senderOf } from './connection-params.ts';
import type { GraphSocket } from './graph-socket.ts';
import type { SocketLimits } from './limits.ts';
import type { Subscribe } from './subscribe.ts';

/** The state of a socket. */
export interface Connected {
  socket: GraphSocket;
  request: IncomingMessage;
  /** The request id of the handshake. The ids of its operations begin with it. */
  requestId: string;
  mediaBase: string | undefined;
  /** Set by `connection_init`. */
  sender?: Sender;
  /** The number of operations that it has asked for. */
  asked: number;
}

interface Speaking {
  limits: SocketLimits;
  clock: Pick<Clock, 'now'>;
  operations: Pick<Operations, 'schema' | 'find'>;
  identify(sender: Sender): Caller | Promise<Caller>;
  subscribe: Subscribe;
}

type Params = Record<string, unknown> | undefined;

export function createProtocol({ limits, clock, operations, identify, subscribe }: Speaking) {
  /** Refuses a client that cannot be authenticated, before it asks for anything. */
  async function connect({ extra, connectionParams }: Context<Params, Connected>) {
    try {
      extra.sender = senderOf(extra.request, connectionParams);
      await identify(extra.sender);
      return { requestId: extra.requestId };
    } catch (error) {
      const closing = closingFor(error);
      if (!closing) throw error;
      extra.socket.end(closing);
      return true;
    }
  }

  async function begin(
    { socket, sender, requestId, mediaBase, asked }: Connected,
    payload: unknown,
  ) {
    const refusal = socket.open < limits.subscriptions ? undefined : tooMany(socket.open + 1);
    const subscription = socket.begin();
    const { stream, signal, end } = subscription;
    try {
      const { result, query, caller } = await subscribe({
        ...{ payload, stream, signal, refusal, mediaBase },
        ...{ sender: sender as Sender, requestId: `${requestId}-${asked}` },
      });
      if (!isEvents(result)) return refused(result, end);
      const results = watched(result, (isCut) => {
        if (isCut && stream.isCut) socket.end(closingOf(caller));
        end();
      });
      return { query, results };
    } catch (error) {
      end();
      throw error;
    }
  }

  const closingOf = (caller: Caller | undefined) =>
    (caller?.expiresAt ?? Number.POSITIVE_INFINITY) <= clock.now() ? TOKEN_OVER : COME_BACK;

  return makeServer<Params, Connected>({
    connectionInitWaitTimeout: limits.initMs,
    onConnect: connect,
    async onSubscribe({ extra }, _, payload) {
      extra.asked++;
      const begun = await begin(extra, payload);
      if (!('query' in begun)) return begun;
      const { query = '', results: contextValue } = begun;
      const { document } = operations.find(query);
      const { operationName } = payload;
      return { schema: operations.schema, document, operationName, contextValue } as never;
    },
    // yoga and its plugins have already begun the operation.
    subscribe: ({ contextValue }) => contextValue as AsyncIterable<ExecutionResult>,
    onNext: (...[, , , , result]) => plainResult(result) as never,
    onError: (_, __, ___, errors) => plainErrors(errors),
  });
}

/** Ends a subscription that was refused, and returns why. */
function refused({ errors = [] }: ExecutionResult, end: () => void): readonly GraphQLError[] {
  end();
  return errors;
}

/** Calls `over` when the results end, and says whether they ended by themselves. */
function watched(results: Results, over: (byItself: boolean) => void): Results {
  const iterator = results[Symbol.asyncIterator]();
  const watching = {
    async next() {
      try {
        const next = await iterator.next();
        if (next.done) over(true);
        return next;
      } catch (error) {
        over(false);
        throw error;
      }
    },
    async return() {
      await iterator.return?.();
      over(false);
      return { done: true, value: undefined } as const;
    },
    [Symbol.asyncIterator]: () => watching,
  };
  return watching;
}

const tooMany = (found: number) =>
  overloaded(
    'This socket has as many subscriptions as it may: wait for several ids in one, or open another socket.',
    { name: 'subscriptionsPerSocket', max: found - 1, found },
  );
