/**
 * What stands in front of yoga. It reads bodies, within their limit, and answers the usual case by itself: a valid query,
 * asked in the usual way. Those that are the same are run once for all who ask at the same time. Everything else is yoga's.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { type Context, createContext, type Deps } from '../context.ts';
import type { Report } from '../graphql/errors.ts';
import type { Operation, Operations } from '../graphql/operations.ts';
import { SingleFlight } from '../upstream/single-flight.ts';
import { type MediaType, negotiate } from './accept.ts';
import { type Answer, createAnswers, send } from './answer.ts';
import { readBody } from './body.ts';
import { allowOrigin } from './cors.ts';
import { isForGraph, isJson, isUpload, type Question, questionIn, questionOf } from './question.ts';
import type { YogaServer } from './yoga.ts';

interface FrontOptions {
  loadYoga(): Promise<YogaServer>;
  operations: Operations;
  report: Report;
  /** Whether pages of other sites may ask. */
  allowsOrigins: boolean;
}

export function createFront(
  deps: Deps,
  { loadYoga, operations, report, allowsOrigins }: FrontOptions,
) {
  let loading: Promise<YogaServer> | undefined;
  const yoga = () => {
    loading ??= loadYoga();
    return loading;
  };
  const answers = createAnswers(report);
  const flights = new SingleFlight<Answer>();

  /** False where the question is not for here. */
  function answered(request: IncomingMessage, response: ServerResponse, question?: Question) {
    const type = negotiate(request.headers.accept);
    const operation =
      question && type && operations.find(question.query)?.operation(question.operationName);
    if (operation?.kind !== 'query') return false;
    const seat = seatFor(request, {
      ...(question as Question),
      operation,
      type: type as MediaType,
    });
    if (!seat) return false;
    response.once('close', seat.leave);
    void seat.result.then((answer) => send(response, answer));
    return true;
  }

  /** Nothing of a request but these counts: whatever else its headers say, the answer is the same. */
  function seatFor(request: IncomingMessage, asked: Asked) {
    const { authorization = null, 'x-workspace-id': workspaceId = null } = request.headers;
    const { query, operationName, variables, type } = asked;
    const key = JSON.stringify([
      // Nobody joins what was begun before a write was over.
      deps.upstream.writes,
      ...[authorization, workspaceId, type, query, operationName ?? null, variables ?? null],
    ]);
    const caller = { authorization, workspaceId: workspaceId as string | null };
    try {
      return flights.join(key, (signal) => run(createContext(caller, signal, deps), asked));
    } catch {
      // The headers are not as they should be: yoga meets the same, and says so.
      return undefined;
    }
  }

  async function run(context: Context, { operation, variables, type }: Asked) {
    try {
      return await answers.of(await operation.execute(context, variables), type);
    } catch (error) {
      return answers.ofFailure(error, type);
    }
  }

  async function onPost(request: IncomingMessage, response: ServerResponse) {
    try {
      const body = await readBody(request);
      if (!body) return;
      const isUsual = isForGraph(request) && isJson(request);
      if (isUsual && answered(request, response, questionIn(body.toString()))) return;
      await passOn(withBody(request, body), response);
    } catch (error) {
      response.setHeader('connection', 'close');
      send(response, await answers.ofFailure(error, negotiate(request.headers.accept)));
    }
  }

  async function passOn(request: IncomingMessage, response: ServerResponse) {
    await (await yoga())(request, response);
  }

  const listener: RequestListener = (request, response) => {
    const { method } = request;
    if (allowsOrigins) allowOrigin(request, response);
    if (method === 'GET' && isForGraph(request)) {
      if (answered(request, response, questionOf(request))) return;
    } else if (method === 'POST' && !isUpload(request)) {
      return void onPost(request, response);
    }
    void passOn(request, response);
  };
  return listener;
}

interface Asked extends Question {
  operation: Operation;
  type: MediaType;
}

/** Where yoga looks for a body that somebody else has read. */
const withBody = (request: IncomingMessage, body: Buffer) =>
  Object.assign(request, { body: Readable.from([body]) });
