/**
 * What stands in front of yoga. It reads bodies, within their limit, and answers the usual case by itself: a query, asked in
 * the usual way (`shared-runs.ts`), and what is wrong with its document. Everything else is yoga's.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Deps } from '../context.ts';
import type { Report } from '../graphql/client-errors.ts';
import type { Operations } from '../graphql/operations.ts';
import { requestIdOf } from '../watch/request-id.ts';
import { NOTHING_ASKED } from '../watch/watch.ts';
import { negotiate } from './accept.ts';
import { checkAddress } from './address.ts';
import { createAdmission } from './admission.ts';
import { createAnswers, send } from './answer.ts';
import { batchSize } from './batch.ts';
import { drop, endSoon, hasUnwantedBody, readBody } from './body.ts';
import { checkForm, checkValues } from './body-shape.ts';
import { createCors } from './cors.ts';
import type { Health } from './health.ts';
import { createLocalGuard } from './local-only.ts';
import {
  isForGraph,
  isJson,
  isLikeJson,
  isMultipart,
  lowerType,
  questionIn,
  questionOf,
} from './question.ts';
import { secure } from './security-headers.ts';
import { createSharedRuns } from './shared-runs.ts';
import { dropIfStalled } from './stalled.ts';
import type { YogaServer } from './yoga.ts';

interface FrontOptions {
  loadYoga(): Promise<YogaServer>;
  operations: Operations;
  report: Report;
  health?: Health;

  /** How long a body that is no upload may take. */
  maxBodyMs?: number | undefined;
}

export function createFront(
  deps: Deps,
  { loadYoga, operations, report, health, maxBodyMs }: FrontOptions,
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
  const answers = createAnswers(report, deps.config);
  const admit = createAdmission(deps);
  const allowOrigin = createCors(deps.config);
  const checkHost = createLocalGuard(deps.config);
  const answered = createSharedRuns(deps, { operations, answers });

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const { method, url = '', headers } = request;
    lowerType(headers);
    checkHost(request);
    const isAllowed = allowOrigin(request, response);
    if (isAllowed && method === 'OPTIONS') {
      secure(response);
      response.writeHead(204, { 'Content-Length': 0 }).end();
      return;
    }
    if (admit) await admit(request);
    if (method === 'POST' && !isMultipart(headers['content-type'])) {
      await serveBody(request, response);
    } else {
      // GraphiQL is for anybody: what is no question, or asked for as a page, is yoga's.
      const isAsked = method === 'GET' && isForGraph(request) && negotiate(headers.accept);
      const question = isAsked ? questionOf(request) : undefined;
      if (question) {
        const caller = await callerOf(request);
        if (await answered({ request, response, caller, text: url }, question)) return;
      }
      // Of an upload by a stranger no more is taken than of anything else.
      if (method === 'POST' && isForGraph(request)) await callerOf(request);
      await passOn(request, response);
    }
  }

  async function serveBody(request: IncomingMessage, response: ServerResponse) {
    const { headers } = request;
    const isUsual = isForGraph(request) && isJson(request);
    // Of a stranger nothing is so much as read.
    const identified = isForGraph(request) ? callerOf(request) : undefined;
    const caller = identified instanceof Promise ? await identified : identified;
    const body = await readBody(request, maxBodyMs);
    if (!body) return;
    if (isLikeJson(headers['content-type'])) checkValues(body);
    else checkForm(body);
    const others = batchSize(body) - 1;
    if (others > 0) await admit?.(request, others);
    if (caller && isUsual) {
      const text = body.toString();
      if (await answered({ request, response, caller, text }, questionIn(text))) return;
    }
    // Where yoga looks for a body that somebody else has read.
    await passOn(
      Object.assign(request, { body: Readable.from([body]), operations: others + 1 }),
      response,
    );
  }

  const callerOf = ({ headers }: IncomingMessage) => deps.callers.identify(headers.authorization);

  async function passOn(request: IncomingMessage, response: ServerResponse) {
    checkAddress(request);
    secure(response);
    const requestId = requestIdOf(request.headers['x-request-id']);
    // Where the plugins look for it.
    request.headers['x-request-id'] = requestId;
    response.setHeader('X-Request-Id', requestId);
    response.once('prefinish', () => dropIfStalled(response));
    await (await yoga())(request, response);
  }

  async function refuse(request: IncomingMessage, response: ServerResponse, error: unknown) {
    const { headers } = request;
    const requestId = requestIdOf(headers['x-request-id']);
    const asked = { type: negotiate(headers.accept), requestId };
    const answer = await answers.ofFailure(error, asked);
    deps.watch?.end(deps.watch.begin({ requestId, ...NOTHING_ASKED }), answer.codes);
    if (response.headersSent) return response.destroy();
    if (!(await drop(request))) response.setHeader('connection', 'close');
    return send(response, answer, requestId);
  }

  const listener: RequestListener = (request, response) => {
    if (hasUnwantedBody(request)) endSoon(request, response);
    if (health?.(request, response)) return;
    serve(request, response)
      .catch((error) => refuse(request, response, error))
      .catch(() => response.destroy());
  };
  return listener;
}
