/** The gateway: what stands in front of yoga, and yoga with its plugins, each in the order in which it acts. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createYoga, type YogaInitialContext } from 'graphql-yoga';
import type { Caller } from './callers.ts';
import { type Context, createContext, type Deps } from './context.ts';
import type { Report } from './graphql/client-errors.ts';
import { notAcceptable } from './graphql/errors.ts';
import { Operations } from './graphql/operations.ts';
import { schema } from './graphql/schema.ts';
import { createAdmit, createIdentify } from './http/admission.ts';
import { answerOf, send, sendJson } from './http/answer.ts';
import { checkBatch, forEachOperation, MAX_BATCH } from './http/batch-limits.ts';
import { drop, endSoon, hasUnwantedBody, readBody } from './http/body.ts';
import { checkEncoding } from './http/body-encoding.ts';
import { createCoalescer } from './http/coalescer.ts';
import { createCompression } from './http/compression.ts';
import { createCors } from './http/cors.ts';
import { checkCsrf } from './http/csrf.ts';
import { createGraphiql } from './http/graphiql.ts';
import { createHealth } from './http/health.ts';
import { createHostGuard } from './http/host-guard.ts';
import { type Incoming, incomingOf } from './http/incoming.ts';
import { isStream } from './http/media-type.ts';
import { createOwnMedia, type OwnMedia } from './http/own-media.ts';
import { askedIn, isForGraph, isQuestion } from './http/params.ts';
import { useErrors } from './http/plugins/use-errors.ts';
import { useIncoming } from './http/plugins/use-incoming.ts';
import { useOperations } from './http/plugins/use-operations.ts';
import { useOwnMedia } from './http/plugins/use-own-media.ts';
import { useParams } from './http/plugins/use-params.ts';
import { useRoles } from './http/plugins/use-roles.ts';
import { useUploads } from './http/plugins/use-uploads.ts';
import { useWatch } from './http/plugins/use-watch.ts';
import { secure } from './http/security-headers.ts';
import { dropIfStalled } from './http/stalled.ts';
import type { UploadLimits } from './http/upload-limits.ts';
import type { Ledger } from './ledger/ledger.ts';
import { watchLedger } from './ledger/watched.ts';
import { Outage } from './watch/outage.ts';

interface GatewayOptions {
  uploads?: UploadLimits;
  /** How long a body that is no upload may take. */
  maxBodyMs?: number | undefined;
}

/** A request listener. It does not listen by itself. */
export function createGateway(given: Deps, options: GatewayOptions = {}): RequestListener {
  const deps = { ...given, ledger: watched(given) };
  const { config, upstream, ledger, shutdown, watch, now } = deps;
  const operations = new Operations(schema, {
    introspection: config.introspection,
    onUnplanned(reason, hash) {
      watch?.onUnplanned(reason);
      deps.log.debug({ reason, hash }, 'a query is run by graphql-js instead of a plan');
    },
  });
  const ownMedia = createOwnMedia(deps.media);
  const yoga = createYogaServer(deps, { operations, ownMedia, uploads: options.uploads });
  const checkHost = createHostGuard(config);
  const answersPreflight = createCors(config);
  const isStopping = () => shutdown?.isStopping ?? false;
  const answersHealth = createHealth({ upstream, ledger, isStopping, now });
  const showsGraphiql = createGraphiql(config, {
    onTrouble: (error) => deps.log.error({ err: error }, 'the page of GraphiQL cannot be made'),
  });
  const identify = createIdentify(deps);
  const admit = createAdmit(deps);
  const compress = createCompression(config);
  const coalescer = createCoalescer({
    isQuery: (params) => operations.kindOf(params) === 'query',
    writes: () => upstream.writes,
  });

  async function serve(request: IncomingMessage, response: ServerResponse, incoming: Incoming) {
    checkHost(request);
    if (answersPreflight(request, response) || answersHealth(request, response)) return;
    if (ownMedia.answers(request, response) || (await showsGraphiql(request, response))) return;
    if (!isForGraph(request)) return sendJson(response, 404, NOTHING_HERE);
    if (!isQuestion(request)) return passOn(request, response, incoming);
    incoming.mediaBase = ownMedia.baseFor(request);
    incoming.caller = await identify(request);
    await admit(request, incoming.caller);
    checkEncoding(request);
    const body = await readBody(request, options.maxBodyMs);
    if (!body) return;
    checkCsrf(request);
    if (!incoming.mediaType) throw notAcceptable();
    Object.assign(incoming, askedIn(request, body));
    if (Array.isArray(incoming.params)) {
      checkBatch(incoming.params);
      incoming.operations = incoming.params.length;
      await admit(request, incoming.caller, incoming.operations - 1);
    }
    await respond(request, response, incoming);
  }

  async function respond(request: IncomingMessage, response: ServerResponse, incoming: Incoming) {
    const { requestId } = incoming;
    const key = coalescer.keyOf(incoming, request.headers.authorization);
    if (key === undefined) return respondAlone(request, response, incoming);
    const answer = await coalescer.answer(key, response, async (signal) =>
      answerOf(await yoga.handleNodeRequest(request, { ...incoming, signal }), requestId),
    );
    if (!answer) return;
    // Who brought no id is told the one under which the answer is logged.
    const isOwn = request.headers['x-request-id'] === requestId;
    if (answer.requestId !== requestId) {
      if (!isOwn) response.setHeader('X-Request-Id', answer.requestId);
      watch?.joined(isOwn ? requestId : answer.requestId, answer.requestId);
    }
    send(response, await compress(request, response, answer));
  }

  async function respondAlone(
    request: IncomingMessage,
    response: ServerResponse,
    incoming: Incoming,
  ) {
    if (isStream(incoming.mediaType)) return passOn(request, response, incoming);
    const context = { ...incoming, req: request };
    const told = await yoga.handleNodeRequestAndResponse(request, response, context);
    const answer = await answerOf(told, incoming.requestId);
    send(response, await compress(request, response, answer));
  }

  function passOn(request: IncomingMessage, response: ServerResponse, incoming: Incoming) {
    response.once('prefinish', () => dropIfStalled(response));
    return yoga(request, response, incoming);
  }

  async function refuse(
    request: IncomingMessage,
    response: ServerResponse,
    { refusal, ...incoming }: Incoming,
  ) {
    const { mediaType, requestId } = incoming;
    const plain = isStream(mediaType) ? undefined : mediaType;
    const told = await yoga.handleNodeRequest(REFUSED, { ...incoming, refusal, mediaType: plain });
    const answer = forEachOperation(await answerOf(told, requestId), incoming.params);
    if (response.headersSent) return response.destroy();
    if (!(await drop(request))) response.setHeader('Connection', 'close');
    send(response, await compress(request, response, answer));
  }

  return (request, response) => {
    const incoming = incomingOf(request);
    response.setHeader('X-Request-Id', incoming.requestId);
    secure(response);
    if (hasUnwantedBody(request)) endSoon(request, response);
    serve(request, response, incoming)
      .catch((refusal) => refuse(request, response, { ...incoming, refusal }))
      .catch(() => response.destroy());
  };
}

/** Whoever waits for a ledger that fails is told; whoever runs the gateway is told once. */
function watched({ ledger, log, watch }: Deps): Ledger {
  const outage = new Outage(log, 'the ledger of paid writes');
  return watchLedger(ledger, (call) => {
    watch?.onLedger(call);
    if (call.error === undefined) outage.worked();
    else outage.failed(call.error);
  });
}
const NOTHING_HERE = {
  errors: [
    {
      message: 'There is nothing at this path: the graph is at `/graphql`.',
      extensions: { code: 'NOT_FOUND' },
    },
  ],
};

/** What yoga is shown of a request that is refused in front of it: whatever it was, the answer is the refusal. */
const REFUSED = { method: 'GET', url: '/graphql', headers: {} };

interface YogaParts {
  operations: Operations;
  ownMedia: OwnMedia;
  uploads: UploadLimits | undefined;
}

function createYogaServer(deps: Deps, { operations, ownMedia, uploads }: YogaParts) {
  const { config, log, watch } = deps;
  const report: Report = (thrown, requestId) =>
    log.error({ requestId, err: thrown }, 'an operation failed');
  return createYoga<Incoming & { req?: IncomingMessage }, Context>({
    schema,
    // Which path is the graph's is decided in front: what comes here is.
    graphqlEndpoint: '/*',
    plugins: [
      useIncoming(),
      useUploads(uploads),
      useParams(),
      // With it come the limits of a document, its budget of calls to Astria, and the report of them: `graphql/operations.ts`.
      useOperations(operations),
      useRoles(),
      useErrors(report, config),
      deps.media ? useOwnMedia(ownMedia) : {},
      watch ? useWatch(watch, operations) : {},
    ],
    context: (incoming) => contextFor(incoming, deps),
    batching: { limit: MAX_BATCH },
    // Its page stands in front.
    graphiql: false,
    landingPage: false,
    // These stand in front: CORS, the limit of bodies, uploads, which are streamed.
    cors: false,
    maxRequestBodySize: false,
    multipart: false,
    // These are plugins: errors are told by `useErrors`, documents kept by `useOperations`.
    maskedErrors: false,
    parserAndValidationCache: false,
    logging: false,
  });
}

function contextFor(incoming: Incoming & YogaInitialContext, deps: Deps): Context {
  const { workspaceId, wantsReport, operations, request } = incoming;
  // `useIncoming` lets nobody else come here.
  const caller = incoming.caller as Caller;
  const asker = { caller, workspaceId, wantsReport, operations };
  return createContext(asker, incoming.signal ?? request.signal, deps);
}
