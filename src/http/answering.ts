/** The ways in which a request is answered: by itself, together with identical ones, as a stream, or with a refusal. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../auth/caller.ts';
import { OpenStream } from '../graphql/open-stream.ts';
import type { Clock } from '../jobs/clock.ts';
import type { Watch } from '../observe/watch.ts';
import { type Answer, answerOf, send } from './answer.ts';
import { forEachOperation } from './batch-limits.ts';
import { drop } from './body.ts';
import { validated } from './caching.ts';
import type { createCoalescer } from './coalescer.ts';
import type { createCompression } from './compression.ts';
import { type Results, writeEvents } from './event-stream.ts';
import type { createGraph } from './graph.ts';
import { type Incoming, shownRequest, streamRequest } from './incoming.ts';
import type { Load, Owner } from './load.ts';
import { EVENTS, isStream } from './media-type.ts';

interface AnsweringDeps {
  yoga: ReturnType<typeof createGraph>;
  load: Load;
  coalescer: ReturnType<typeof createCoalescer>;
  compress: ReturnType<typeof createCompression>;
  ownerOf(caller: Caller): Owner;
  clock: Pick<Clock, 'now' | 'wakeAt'>;
  /** Undefined if metrics and logs are off. */
  watch?: Pick<Watch, 'joined'> | undefined;
}

interface Given {
  answer: Answer;
  incoming: Incoming;
  /** Whether it is refused if there is no room for it. The answer to a write never is: it says what was done. */
  mayBeRefused?: boolean;
}

export function createAnswering({
  yoga,
  load,
  coalescer,
  compress,
  ownerOf,
  clock,
  watch,
}: AnsweringDeps) {
  const answerTo = async (
    request: Partial<ReturnType<typeof shownRequest>>,
    incoming: Incoming & { req?: IncomingMessage },
  ) => answerOf(await yoga.handleNodeRequest(request, incoming), incoming.requestId);

  async function give(
    request: IncomingMessage,
    response: ServerResponse,
    { answer, incoming: { caller, mediaType }, mayBeRefused = false }: Given,
  ) {
    // A stream is not compressed, because the compressor would hold events back.
    const sent = isStream(mediaType) ? answer : validated(request, await compress(request, answer));
    // The client may have left.
    if (response.destroyed) return;
    const owner = caller ? ownerOf(caller).name : '';
    if (mayBeRefused) load.checkRoom(owner, sent.body);
    load.hold(response, owner, sent.body);
    send(response, sent);
  }

  const refusalOf = (incoming: Incoming) => answerTo(REFUSED, incoming);

  return {
    /** Answers this request alone. */
    async pass(request: IncomingMessage, response: ServerResponse, incoming: Incoming) {
      const { signal = endWith(response) } = incoming;
      const answer = await answerTo(shownRequest(request), {
        ...incoming,
        req: request,
        signal,
      });
      await give(request, response, { answer, incoming });
    },

    /** Answers this request with what is run for all that have the same key. */
    async share(
      key: string,
      request: IncomingMessage,
      response: ServerResponse,
      incoming: Incoming,
    ) {
      const { requestId } = incoming;
      const owner = ownerOf(incoming.caller as Caller);
      const answer = await coalescer.answer(key, response, (signal) =>
        load.inTurn(owner, signal, () => answerTo(shownRequest(request), { ...incoming, signal })),
      );
      if (!answer) return;
      // A client that sent no id gets the one under which the answer is logged.
      const isOwn = request.headers['x-request-id'] === requestId;
      if (answer.requestId !== requestId) {
        if (!isOwn) response.setHeader('X-Request-Id', answer.requestId);
        watch?.joined(isOwn ? requestId : answer.requestId, answer.requestId);
      }
      await give(request, response, { answer, incoming, mayBeRefused: true });
    },

    /** Writes events as they come. They are neither read whole nor compressed, and take no slot. */
    async stream(request: IncomingMessage, response: ServerResponse, received: Incoming) {
      const stream = new OpenStream(request.headers['last-event-id'] as string | undefined);
      const signal = endWith(response);
      const { asked: _, ...rest } = received;
      const incoming: Incoming = { ...rest, mediaType: EVENTS, stream, signal };
      let results: Results | undefined;
      const onEvents = (events: Results) => {
        results = events;
      };
      const answer = await answerTo(streamRequest(request.headers), { ...incoming, onEvents });
      if (!results) return give(request, response, { answer, incoming });
      // Not awaited, so that what only the request needed is not kept until the end of the stream.
      writeEvents(results, { stream, clock, signal, response }).catch(() => response.destroy());
    },

    /** Answers with the error in `refusal`, once for each operation of a batch. */
    async refuse(
      request: IncomingMessage,
      response: ServerResponse,
      { refusal, ...incoming }: Incoming,
    ) {
      const plain = isStream(incoming.mediaType) ? undefined : incoming.mediaType;
      const refused = await refusalOf({ ...incoming, refusal, mediaType: plain });
      if (response.headersSent) return response.destroy();
      if (!(await drop(request))) response.setHeader('Connection', 'close');
      const answer = forEachOperation(refused, incoming.params);
      await give(request, response, { answer, incoming: { ...incoming, mediaType: plain } });
    },

    refusalOf,
  };
}

/** Returns a signal that aborts when the client has its answer, or has left. */
export function endWith(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

/** The request that yoga sees in place of a refused one. Whatever it was, the answer is the refusal. */
const REFUSED = { method: 'GET', url: '/graphql', headers: {} };
