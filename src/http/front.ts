/**
 * What stands in front of yoga. It reads bodies, within their limit, and answers the usual case by itself: a valid query,
 * asked in the usual way. Those that are the same are run once for all who ask at the same time. Everything else is yoga's.
 */
import type {
  IncomingHttpHeaders,
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from 'node:http';
import { Readable } from 'node:stream';
import { type Context, createContext, type Deps } from '../context.ts';
import type { Report } from '../graphql/errors.ts';
import type { Operation, Operations } from '../graphql/operations.ts';
import { SingleFlight } from '../upstream/single-flight.ts';
import { requestIdOf } from '../watch/request-id.ts';
import { NOTHING_ASKED } from '../watch/watch.ts';
import { type MediaType, negotiate } from './accept.ts';
import { type Answer, createAnswers, send } from './answer.ts';
import { readBody } from './body.ts';
import { allowOrigin } from './cors.ts';
import type { Health } from './health.ts';
import {
  isForGraph,
  isJson,
  isMultipart,
  type Question,
  questionIn,
  questionOf,
} from './question.ts';
import type { YogaServer } from './yoga.ts';

interface FrontOptions {
  loadYoga(): Promise<YogaServer>;
  operations: Operations;
  report: Report;
  /** Whether pages of other sites may ask. */
  allowsOrigins: boolean;
  health?: Health;
}

export function createFront(
  deps: Deps,
  { loadYoga, operations, report, allowsOrigins, health }: FrontOptions,
) {
  let loading: Promise<YogaServer> | undefined;
  const yoga = () => {
    loading ??= loadYoga().catch((error) => {
      // Another request may have more luck.
      loading = undefined;
      throw error;
    });
    return loading;
  };
  const answers = createAnswers(report);
  const flights = new SingleFlight<Answer>();

  /** False where the question is not for here. `text` is all that was said, in the body or the address. */
  async function answered({ request, response, text }: Exchange, question?: Question) {
    const { headers } = request;
    const type = negotiate(headers.accept);
    const operation =
      question && type && operations.find(question.query)?.operation(question.operationName);
    if (operation?.kind !== 'query') return false;
    const requestId = requestIdOf(headers['x-request-id']);
    const { variables } = question as Question;
    const asked = { operation, type: type as MediaType, variables, text, requestId, headers };
    const seat = seatFor(asked);
    if (!seat) return false;
    response.once('close', seat.leave);
    const answer = await seat.result;
    send(
      response,
      answer,
      asked.requestId === answer.requestId ? requestId : joined(asked, answer),
    );
    return true;
  }

  /** One that brought an id is answered with it; others can quote the one under which the answer is logged. */
  function joined({ requestId, headers }: Asked, { requestId: ranAs }: Answer) {
    const quoted = headers['x-request-id'] === requestId ? requestId : ranAs;
    deps.watch?.joined(quoted, ranAs);
    return quoted;
  }

  /** Nothing of a request but these counts: whatever else its headers say, the answer is the same. */
  function seatFor(asked: Asked) {
    const { headers } = asked;
    const { authorization = null, 'x-workspace-id': workspaceId = null } = headers;
    // Nobody joins what was begun before a write was over. No header holds a line end.
    const { writes } = deps.upstream;
    const key = `${writes}\n${asked.type}\n${authorization}\n${workspaceId}\n${asked.text}`;
    try {
      const caller = deps.callers.identify(authorization);
      const asker = { caller, workspaceId: workspaceId as string | null };
      return flights.join(key, (signal) => run(createContext(asker, signal, deps), asked));
    } catch {
      // The headers are not as they should be: yoga meets the same, and says so.
      return undefined;
    }
  }

  async function run(context: Context, asked: Asked) {
    const { operation, variables, requestId, headers } = asked;
    const { traceparent, tracestate } = headers as Record<string, string | undefined>;
    const watched = deps.watch?.begin({ requestId, operation, context, traceparent, tracestate });
    let answer: Answer;
    try {
      answer = await answers.of(await operation.execute(context, variables), asked);
    } catch (error) {
      answer = await answers.ofFailure(error, asked);
    }
    if (watched) deps.watch?.end(watched, answer.codes);
    return answer;
  }

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const { method, url = '', headers } = request;
    if (allowsOrigins) allowOrigin(request, response);
    if (allowsOrigins && method === 'OPTIONS') {
      response.writeHead(204, { 'Content-Length': 0 }).end();
    } else if (method === 'POST' && !isMultipart(headers['content-type'])) {
      await serveBody(request, response);
    } else {
      const exchange = { request, response, text: url };
      const isUsual = method === 'GET' && isForGraph(request);
      if (!isUsual || !(await answered(exchange, questionOf(request)))) {
        await passOn(request, response);
      }
    }
  }

  async function serveBody(request: IncomingMessage, response: ServerResponse) {
    const body = await readBody(request);
    if (!body) return;
    if (isForGraph(request) && isJson(request)) {
      const text = body.toString();
      if (await answered({ request, response, text }, questionIn(text))) return;
    }
    // Where yoga looks for a body that somebody else has read.
    await passOn(Object.assign(request, { body: Readable.from([body]) }), response);
  }

  async function passOn(request: IncomingMessage, response: ServerResponse) {
    const requestId = requestIdOf(request.headers['x-request-id']);
    // Where the plugins look for it.
    request.headers['x-request-id'] = requestId;
    response.setHeader('X-Request-Id', requestId);
    await (await yoga())(request, response);
  }

  async function refuse({ headers }: IncomingMessage, response: ServerResponse, error: unknown) {
    const requestId = requestIdOf(headers['x-request-id']);
    const asked = { type: negotiate(headers.accept), requestId };
    const answer = await answers.ofFailure(error, asked);
    deps.watch?.end(deps.watch.begin({ requestId, ...NOTHING_ASKED }), answer.codes);
    if (response.headersSent) return response.destroy();
    response.setHeader('connection', 'close');
    return send(response, answer, requestId);
  }

  const listener: RequestListener = (request, response) => {
    if (health?.(request, response)) return;
    serve(request, response)
      .catch((error) => refuse(request, response, error))
      .catch(() => response.destroy());
  };
  return listener;
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  text: string;
}

interface Asked {
  operation: Operation;
  type: MediaType;
  variables: Question['variables'];
  text: string;
  requestId: string;
  headers: IncomingHttpHeaders;
}
