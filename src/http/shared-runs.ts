/**
 * Queries that are asked in the usual way: those that are the same are run once, for all who ask at the same time. What no
 * document can be is refused here too.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../callers.ts';
import { type Context, createContext, type Deps } from '../context.ts';
import type { Operation, Operations } from '../graphql/operations.ts';
import { SingleFlight } from '../upstream/single-flight.ts';
import { requestIdOf } from '../watch/request-id.ts';
import { type Beginning, NOTHING_ASKED } from '../watch/watch.ts';
import { type MediaType, negotiate } from './accept.ts';
import { type Answer, type Answers, send } from './answer.ts';
import { Line } from './line.ts';
import { asksForReport, type Question, REPORT_HEADER } from './question.ts';

interface SharedRunsOptions {
  operations: Operations;
  answers: Answers;
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  caller: Caller;
  /** All that was said, in the body or the address. */
  text: string;
}

/** How an answer is to be told. */
interface Told {
  type: MediaType;
  requestId: string;
  headers: IncomingHttpHeaders;
  /** On the clock of `performance`. */
  askedMs: number;
}

interface Asked extends Told {
  operation: Operation;
  caller: Caller;
  variables: Question['variables'];
  text: string;
}

/** False where the question is not for here. */
type Answered = (exchange: Exchange, question: Question | undefined) => Promise<boolean>;

export function createSharedRuns(deps: Deps, { operations, answers }: SharedRunsOptions): Answered {
  const flights = new SingleFlight<Answer>();
  const line = new Line();

  /** Nothing of a request but these counts: whatever else its headers say, the answer is the same. */
  function keyOf({ type, headers, text }: Asked) {
    const { authorization = '', 'x-workspace-id': workspaceId = '' } = headers;
    // Nobody joins what was begun before a write was over. No header holds a line end.
    const { writes } = deps.upstream;
    const wantsReport = asksForReport(headers[REPORT_HEADER]);
    return `${writes}\n${type}\n${wantsReport}\n${authorization}\n${workspaceId}\n${text}`;
  }

  /** When it may begin; undefined where nobody waits for it any more. What asks nothing of Astria waits only behind others. */
  async function keyInTurn(asked: Asked, response: ServerResponse) {
    const key = keyOf(asked);
    const isLight = !asked.operation.estimate.mayCall && line.isEmpty;
    if (!isLight && !flights.has(key)) await line.turn(key);
    return response.destroyed ? undefined : key;
  }

  /** To be made when its turn has come: whatever is made before is old by then. */
  function seatFor(asked: Asked, key: string) {
    const { caller, headers } = asked;
    const workspaceId = headers['x-workspace-id'] as string | undefined;
    const asker = { caller, workspaceId, wantsReport: asksForReport(headers[REPORT_HEADER]) };
    try {
      return flights.join(key, (signal) => run(createContext(asker, signal, deps), asked));
    } catch {
      // The headers are not as they should be: yoga meets the same, and says so.
      return undefined;
    }
  }

  function run(context: Context, asked: Asked) {
    const { operation, variables } = asked;
    return watched(asked, { operation, context }, async () => {
      try {
        return await answers.of(await operation.execute(context, variables), asked);
      } catch (error) {
        return answers.ofFailure(error, asked);
      }
    });
  }

  /** `known` is of what is run, nothing of what is refused. */
  async function watched(
    { requestId, headers, askedMs }: Told,
    known: Pick<Beginning, 'operation' | 'context'>,
    make: () => Promise<Answer>,
  ) {
    const { traceparent, tracestate } = headers as Record<string, string | undefined>;
    const traced = { traceparent, tracestate, beganMs: askedMs };
    const begun = deps.watch?.begin({ requestId, ...known, ...traced });
    const answer = await make();
    if (begun) deps.watch?.end(begun, answer.codes);
    return answer;
  }

  /** One that brought an id is answered with it; others can quote the one under which the answer is logged. */
  function joined({ requestId, headers }: Asked, { requestId: ranAs }: Answer) {
    const quoted = headers['x-request-id'] === requestId ? requestId : ranAs;
    deps.watch?.joined(quoted, ranAs);
    return quoted;
  }

  return async ({ request, response, caller, text }, question) => {
    const { headers } = request;
    const type = negotiate(headers.accept);
    if (!question || !type) return false;
    const told = {
      type,
      requestId: requestIdOf(headers['x-request-id']),
      headers,
      askedMs: performance.now(),
    };
    const document = operations.find(question.query);
    const { errors } = document;
    if (errors.length > 0) {
      const answer = await watched(told, NOTHING_ASKED, () => answers.of({ errors }, told));
      send(response, answer, told.requestId);
      return true;
    }
    const operation = document.operation(question.operationName);
    if (operation?.kind !== 'query') return false;
    const { variables } = question;
    const asked = { ...told, operation, caller, variables, text };
    const key = await keyInTurn(asked, response);
    if (key === undefined) return true;
    const seat = seatFor(asked, key);
    if (!seat) return false;
    response.once('close', seat.leave);
    const answer = await seat.result;
    const isOwn = answer.requestId === told.requestId;
    send(response, answer, isOwn ? told.requestId : joined(asked, answer));
    return true;
  };
}
