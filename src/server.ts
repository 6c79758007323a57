/** The gateway: what stands in front of yoga, in the order in which it acts. What yoga does with a request is in `http/graph.ts`. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Caller } from './auth/caller.ts';
import type { Callers } from './auth/callers.ts';
import type { Config } from './config.ts';
import type { Services } from './context.ts';
import { notAcceptable } from './graphql/errors.ts';
import { OpenStream } from './graphql/open-stream.ts';
import { Operations } from './graphql/operations.ts';
import { schema } from './graphql/schema.ts';
import { prepare } from './graphql/trusted/prepare.ts';
import { TrustedDocuments } from './graphql/trusted/trusted-documents.ts';
import { createAdmit, createIdentify, createNaming } from './http/admission.ts';
import { type Answer, answerOf, send, sendJson } from './http/answer.ts';
import { checkBatch, forEachOperation } from './http/batch-limits.ts';
import { drop, endSoon, hasUnwantedBody, readBody } from './http/body.ts';
import { checkEncoding } from './http/body-encoding.ts';
import { VARY, validated } from './http/caching.ts';
import { createCallbackDoor } from './http/callbacks.ts';
import { createCoalescer } from './http/coalescer.ts';
import { createCompression } from './http/compression.ts';
import type { Connections } from './http/connections.ts';
import { createCors } from './http/cors.ts';
import { checkCsrf } from './http/csrf.ts';
import { withDocuments } from './http/documents.ts';
import { type Results, writeEvents } from './http/event-stream.ts';
import { createGraph } from './http/graph.ts';
import { createGraphiql } from './http/graphiql.ts';
import { createHealth } from './http/health.ts';
import { createHostGuard } from './http/host-guard.ts';
import { type Incoming, incomingOf, streamRequest } from './http/incoming.ts';
import { Load, type Owner } from './http/load.ts';
import { acceptsEvents, EVENTS, isStream } from './http/media-type.ts';
import { createOwnMedia, type ServedMedia } from './http/own-media.ts';
import { askedIn, isForGraph, isQuestion, isUpload, NOTHING_HERE } from './http/params.ts';
import type { RateLimits, Spend } from './http/rate-limits.ts';
import { Readings } from './http/readings.ts';
import { secure } from './http/security-headers.ts';
import { SOCKET_LIMITS, type SocketLimits } from './http/sockets/limits.ts';
import { createUpgrades } from './http/sockets/upgrades.ts';
import type { UploadLimits } from './http/uploads/limits.ts';
import { Jobs } from './jobs/jobs.ts';
import { Outage } from './observe/outage.ts';
import type { Watch } from './observe/watch.ts';
import type { Ledger } from './paid/ledger/ledger.ts';
import { persistent } from './paid/ledger/persistent.ts';
import { watchLedger } from './paid/ledger/watched.ts';
import type { Shutdown } from './process/shutdown.ts';

/** What lives as long as the process. */
export interface Deps extends Omit<Services, 'jobs'> {
  config: Config;
  callers: Callers;
  /** Undefined where nobody wants to know. */
  watch?: Watch | undefined;
  shutdown?: Readonly<Shutdown> | undefined;
  /** What is under way; the gateway's own by default. */
  load?: Load;
  /** Those who wait for what Astria makes; the gateway's own by default. */
  jobs?: Jobs;
  /** What the embedded emulator has drawn. Undefined before a real Astria, whose pictures have addresses of their own. */
  media?: ServedMedia | undefined;
  /** Undefined: everybody may ask as much as they like. */
  rateLimits?: RateLimits | undefined;
  /** Counts, by address, what is asked with keys that Astria has not accepted yet. Undefined: nobody counts it. */
  spendAsNew?: Spend;
}

interface GatewayOptions {
  uploads?: UploadLimits;
  /** How long a body that is no upload may take. */
  maxBodyMs?: number | undefined;
  sockets?: Partial<SocketLimits>;
}

export interface Gateway {
  /** Of requests. */
  listener: RequestListener;
  /** Of WebSockets. */
  sockets: ReturnType<typeof createUpgrades>;
  connections: Connections;
}

interface Given {
  answer: Answer;
  incoming: Incoming;
  /** Where there is no room for it; a write's is always given, as it tells of what has been done. */
  mayBeRefused?: boolean;
}

/** It does not listen by itself: `http/server-of.ts` makes what does. */
export function createGateway(given: Deps, options: GatewayOptions = {}): Gateway {
  const deps = { ...given, ledger: watched(given), jobs: given.jobs ?? new Jobs(given) };
  const { config, upstream, ledger, shutdown, watch, now, load = new Load() } = deps;
  const operations = new Operations(schema, {
    introspection: config.introspection,
    onUnplanned(reason, hash) {
      watch?.onUnplanned(reason);
      deps.log.debug({ reason, hash }, 'a query is run by graphql-js instead of a plan');
    },
  });
  const trusted = new TrustedDocuments(config.trust, config.trustedDocuments);
  prepare(operations, config.trustedDocuments, config.maxUpstreamCalls);
  const ownMedia = createOwnMedia(deps.media);
  const yoga = createGraph(deps, { operations, trusted, ownMedia, uploads: options.uploads });
  const checkHost = createHostGuard(config);
  const { answersPreflight, checkOrigin } = createCors(config);
  const isStopping = () => shutdown?.isStopping ?? false;
  const answersHealth = createHealth({ upstream, ledger, isStopping, now });
  const takesCallback = createCallbackDoor(deps.jobs.callbacks);
  const showsGraphiql = createGraphiql(config, {
    onTrouble: (error) => deps.log.error({ err: error }, 'the page of GraphiQL cannot be made'),
  });
  const identify = createIdentify(deps);
  const nameIn = createNaming(config);
  // Made here, because a stream keeps it, and it must not keep what `serve` knows.
  const naming = (request: IncomingMessage, caller: Caller) => () => nameIn(request, caller);
  const admit = createAdmit(deps);
  const ownerOf = ownerIn(deps);
  const compress = createCompression(config);
  const readings = new Readings(operations, load);
  const isMutation = (params: Parameters<typeof operations.askedBy>[0]) =>
    operations.askedBy(params)?.kind === 'mutation';
  const coalescer = createCoalescer({
    isQuery: (params) => operations.askedBy(params)?.kind === 'query',
    writes: () => upstream.writes,
  });

  async function serve(request: IncomingMessage, response: ServerResponse, incoming: Incoming) {
    load.checkConnection(incoming.unanswered);
    // Signed, so it may come by any name; and before whatever is for clients.
    const taken = takesCallback(request, response);
    if (taken !== undefined) return taken;
    checkHost(request);
    if (answersPreflight(request, response) || answersHealth(request, response)) return;
    if (ownMedia.answers(request, response) || (await showsGraphiql(request, response))) return;
    if (!isForGraph(request)) return sendJson(response, 404, NOWHERE);
    response.setHeader('Vary', VARY);
    if (!isQuestion(request)) return pass(request, response, incoming);
    incoming.mediaBase = ownMedia.baseFor(request);
    const caller = await identify(request);
    incoming.caller = caller;
    incoming.countedAs = naming(request, caller);
    await admit(request, caller);
    checkEncoding(request);
    incoming.takeBytes = load.holdsBody(response, ownerOf(caller).name);
    const body = await readBody(request, incoming.takeBytes, options.maxBodyMs);
    if (!body) return;
    checkCsrf(request);
    if (!incoming.mediaType) throw notAcceptable();
    Object.assign(incoming, askedIn(request, body));
    if (Array.isArray(incoming.params)) {
      checkBatch(incoming.params);
      incoming.operations = incoming.params.length;
      await admit(request, caller, incoming.operations - 1);
    }
    incoming.params = withDocuments(incoming.params, caller, trusted);
    // Uploads take as long as their sender does: they have places of their own, where they are sent on.
    if (isUpload(request)) {
      endSoon(request, response);
      return pass(request, response, incoming);
    }
    if (!readings.knows(incoming.params)) {
      await readings.read(incoming.params, ownerOf(caller), endWith(response));
    }
    const operation = Array.isArray(incoming.params)
      ? undefined
      : operations.askedBy(incoming.params);
    if (operation?.kind === 'subscription' && acceptsEvents(request.headers.accept)) {
      return stream(request, response, incoming);
    }
    // What is answered when there is something to tell shares nothing with others, and takes no place from them.
    if (operation?.estimate.waits) return pass(request, response, incoming);
    const key = coalescer.keyOf(incoming, request.headers.authorization);
    if (key !== undefined) return share(key, request, response, incoming);
    const signal = endWith(response);
    const work = () => pass(request, response, { ...incoming, signal });
    const isWrite = [incoming.params].flat().some((one) => isMutation(one));
    await load.inTurn(ownerOf(caller), signal, work, isWrite);
  }

  /** Written as its events come: it is neither read whole nor compressed, and takes no place. */
  async function stream(request: IncomingMessage, response: ServerResponse, asked: Incoming) {
    const stream = new OpenStream(request.headers['last-event-id'] as string | undefined);
    const signal = endWith(response);
    const { asked: _, ...rest } = asked;
    const incoming: Incoming = { ...rest, mediaType: EVENTS, stream, signal };
    let results: Results | undefined;
    const onEvents = (events: Results) => {
      results = events;
    };
    const answer = await answerTo(streamRequest(request.headers), { ...incoming, onEvents });
    if (!results) return give(request, response, { answer, incoming });
    // Nobody waits for its end, so that what only the request needed is not kept until then.
    const { clock } = deps.jobs;
    writeEvents(results, { stream, clock, signal, response }).catch(() => response.destroy());
  }

  async function share(
    key: string,
    request: IncomingMessage,
    response: ServerResponse,
    incoming: Incoming,
  ) {
    const { requestId } = incoming;
    const owner = ownerOf(incoming.caller as Caller);
    const answer = await coalescer.answer(key, response, (signal) =>
      load.inTurn(owner, signal, () => answerTo(request, { ...incoming, signal })),
    );
    if (!answer) return;
    // Who brought no id is told the one under which the answer is logged.
    const isOwn = request.headers['x-request-id'] === requestId;
    if (answer.requestId !== requestId) {
      if (!isOwn) response.setHeader('X-Request-Id', answer.requestId);
      watch?.joined(isOwn ? requestId : answer.requestId, answer.requestId);
    }
    await give(request, response, { answer, incoming, mayBeRefused: true });
  }

  async function pass(request: IncomingMessage, response: ServerResponse, incoming: Incoming) {
    const { signal = endWith(response) } = incoming;
    const answer = await answerTo(request, { ...incoming, req: request, signal });
    await give(request, response, { answer, incoming });
  }

  const answerTo = async (
    request: IncomingMessage | ReturnType<typeof streamRequest>,
    incoming: Incoming & { req?: IncomingMessage },
  ) => answerOf(await yoga.handleNodeRequest(request, incoming), incoming.requestId);

  async function give(
    request: IncomingMessage,
    response: ServerResponse,
    { answer, incoming: { caller, mediaType }, mayBeRefused = false }: Given,
  ) {
    // A stream would wait until there is enough to be compressed.
    const sent = isStream(mediaType) ? answer : validated(request, await compress(request, answer));
    // The client may have left.
    if (response.destroyed) return;
    const owner = caller ? ownerOf(caller).name : '';
    if (mayBeRefused) load.checkRoom(owner, sent.body);
    load.hold(response, owner, sent.body);
    send(response, sent);
  }

  async function refuse(
    request: IncomingMessage,
    response: ServerResponse,
    { refusal, ...incoming }: Incoming,
  ) {
    const { mediaType } = incoming;
    const plain = isStream(mediaType) ? undefined : mediaType;
    const told = await answerTo(REFUSED, { ...incoming, refusal, mediaType: plain });
    if (response.headersSent) return response.destroy();
    if (!(await drop(request))) response.setHeader('Connection', 'close');
    const answer = forEachOperation(told, incoming.params);
    await give(request, response, { answer, incoming: { ...incoming, mediaType: plain } });
  }

  const sockets = createUpgrades({
    ...{ operations, trusted, readings, yoga, load, identify, admit, nameIn, ownerOf },
    ...{ checkHost, checkOrigin, clock: deps.jobs.clock, log: deps.log },
    baseFor: ownMedia.baseFor,
    limits: { ...SOCKET_LIMITS, idleMs: config.keepAliveTimeoutMs, ...options.sockets },
    refusalOf: (incoming) => answerTo(REFUSED, { ...incoming, mediaType: undefined }),
  });

  const listener: RequestListener = (request, response) => {
    const unanswered = load.enter(response);
    if (unanswered === undefined) return;
    const incoming = incomingOf(request, unanswered);
    response.setHeader('X-Request-Id', incoming.requestId);
    secure(response);
    if (hasUnwantedBody(request)) endSoon(request, response);
    serve(request, response, incoming)
      .catch((refusal) => refuse(request, response, { ...incoming, refusal }))
      .catch(() => response.destroy());
  };
  return { listener, sockets, connections: load.connections };
}

/** Whoever waits for a ledger that fails is told; whoever runs the gateway is told once. */
function watched({ ledger, log, watch }: Deps): Ledger {
  const outage = new Outage(log, 'the ledger of paid writes');
  return persistent(
    watchLedger(ledger, (call) => {
      watch?.onLedger(call);
      if (call.error === undefined) outage.worked();
      else outage.failed(call.error);
    }),
  );
}

/** Whose places are taken: callers of a held key are told apart, others are their key, or their address until that is known. */
const ownerIn =
  ({ upstream }: Pick<Deps, 'upstream'>) =>
  ({ name, credential }: Caller): Owner => {
    const address = upstream.strangerAt(credential);
    const known = credential.owner ?? credential.token ?? name;
    return { name: address ?? known, isStranger: address !== undefined };
  };

/** Ends when the client has its answer, or has left. */
function endWith(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

const NOWHERE = { errors: [{ message: NOTHING_HERE, extensions: { code: 'NOT_FOUND' } }] };

/** What yoga is shown of a request that is refused in front of it: whatever it was, the answer is the refusal. */
const REFUSED = { method: 'GET', url: '/graphql', headers: {} };
