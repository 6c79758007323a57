/** The gateway: everything in front of yoga, in the order in which it acts on a request. yoga's part is in `http/graph.ts`. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Caller } from './auth/caller.ts';
import type { Callers } from './auth/callers.ts';
import type { Config } from './config.ts';
import type { Services } from './context.ts';
import { notAcceptable } from './graphql/errors.ts';
import { createAdmit, createIdentify, createNaming, createOwnerOf } from './http/admission.ts';
import { sendJson } from './http/answer.ts';
import { endWith } from './http/answering.ts';
import { checkBatch } from './http/batch-limits.ts';
import { endSoon, hasUnwantedBody } from './http/body.ts';
import { VARY } from './http/caching.ts';
import { createCallbackDoor } from './http/callbacks.ts';
import { createCompression } from './http/compression.ts';
import type { Connections } from './http/connections.ts';
import { createCors } from './http/cors.ts';
import { withDocuments } from './http/documents.ts';
import { createGraphiql } from './http/graphiql.ts';
import { createGraphs, graphAt, type ServedGraph } from './http/graphs.ts';
import { createHealth } from './http/health.ts';
import { createHostGuard } from './http/host-guard.ts';
import { type Exchange, incomingOf } from './http/incoming.ts';
import { Load } from './http/load.ts';
import { createMcpDoor } from './http/mcp/door.ts';
import { acceptsEvents } from './http/media-type.ts';
import type { SpendAsNew } from './http/new-key-limit.ts';
import { createOwnMedia, type ServedMedia } from './http/own-media.ts';
import { askedIn, isQuestion, isUpload, nothingAt } from './http/params.ts';
import type { RateLimits } from './http/rate-limits.ts';
import { createReception } from './http/reception.ts';
import { secure } from './http/security-headers.ts';
import { SOCKET_LIMITS, type SocketLimits } from './http/sockets/limits.ts';
import { createUpgrades } from './http/sockets/upgrades.ts';
import type { UploadLimits } from './http/uploads/limits.ts';
import { Jobs } from './jobs/jobs.ts';
import type { Watch } from './observe/watch.ts';
import { observedLedger } from './paid/ledger/observed.ts';
import type { Shutdown } from './process/shutdown.ts';

/** Services that live as long as the process. */
export interface Deps extends Omit<Services, 'jobs'> {
  config: Config;
  callers: Callers;
  /** Observes operations. Undefined if metrics and logs are off. */
  watch?: Watch | undefined;
  shutdown?: Readonly<Shutdown> | undefined;
  /** The accepted work and its limits. The gateway makes its own by default. */
  load?: Load;
  /** Waits for results of jobs. The gateway makes its own by default. */
  jobs?: Jobs;
  /** The pictures of the embedded emulator. Undefined with a real Astria, which serves its own. */
  media?: ServedMedia | undefined;
  /** Undefined: no limit. */
  rateLimits?: RateLimits | undefined;
  /** Counts keys that Astria has not accepted yet, by address. Undefined: they are not counted. */
  spendAsNew?: SpendAsNew;
}

interface GatewayOptions {
  uploads?: UploadLimits;
  /** The longest time for a body that is no upload. */
  maxBodyMs?: number | undefined;
  sockets?: Partial<SocketLimits>;
}

export interface Gateway {
  /** Handles requests. */
  listener: RequestListener;
  /** Handles WebSockets. */
  sockets: ReturnType<typeof createUpgrades>;
  connections: Connections;
}

/** Creates the gateway. It does not listen: `http/server-of.ts` makes a server of it. */
export function createGateway(given: Deps, options: GatewayOptions = {}): Gateway {
  const parts = partsOf(given, options);
  const { load, refuse } = parts;
  const listener: RequestListener = (request, response) => {
    const unanswered = load.enter(response);
    if (unanswered === undefined) return;
    const incoming = incomingOf(request, unanswered);
    response.setHeader('X-Request-Id', incoming.requestId);
    secure(response);
    if (hasUnwantedBody(request) && !parts.mcp.isFor(request)) endSoon(request, response);
    serve(parts, { request, response, incoming })
      .catch((refusal) => refuse(request, response, { ...incoming, refusal }))
      .catch(() => response.destroy());
  };
  return { listener, sockets: socketsOf(parts, options), connections: load.connections };
}

/** Creates the parts that act on a request. */
function partsOf(given: Deps, options: GatewayOptions) {
  const ledger = observedLedger(given.ledger, given);
  const deps = {
    ...given,
    ledger,
    jobs: given.jobs ?? new Jobs(given),
    load: given.load ?? new Load(),
  };
  const { config, upstream, shutdown, now, load, log } = deps;
  const ownMedia = createOwnMedia(deps.media);
  const nameIn = createNaming(config);
  const isStopping = () => shutdown?.isStopping ?? false;
  const ownerOf = createOwnerOf(upstream);
  const graphs = createGraphs(deps, {
    ...{ ownMedia, ownerOf, uploads: options.uploads },
    compress: createCompression(config),
  });
  const admit = createAdmit(deps);
  const { clock } = deps.jobs;
  return {
    ...{ deps, ownMedia, load, ownerOf, graphs, admit },
    receiveBody: createReception({ admit, nameIn, ownerOf, load, ...options }),
    mcp: createMcpDoor(config, { ...graphs.graphql, admit, ownerOf, load, clock, log }),
    takesCallback: createCallbackDoor(deps.jobs.callbacks),
    checkHost: createHostGuard(config),
    ...createCors(config),
    answersHealth: createHealth({ upstream, ledger, isStopping, now }),
    showsGraphiql: createGraphiql(config, {
      onTrouble: (error) => log.error({ err: error }, 'the page of GraphiQL cannot be made'),
    }),
    identify: createIdentify(deps),
    nameIn,
    refuse: graphs.graphql.refuse,
  };
}

type Parts = ReturnType<typeof partsOf>;

/** An exchange with one of the graphs. */
interface GraphExchange extends Exchange {
  graph: ServedGraph;
}

/** Answers requests that need no caller, and passes on those for the graph. */
async function serve(parts: Parts, exchange: Exchange) {
  const { load, ownMedia } = parts;
  const { request, response, incoming } = exchange;
  load.checkConnection(incoming.unanswered);
  // A callback is signed, so any host name is allowed. It comes before everything that is for clients.
  const taken = parts.takesCallback(request, response);
  if (taken !== undefined) return taken;
  parts.checkHost(request);
  if (parts.answersPreflight(request, response) || parts.answersHealth(request, response)) return;
  if (parts.mcp.isFor(request)) return serveMcp(parts, exchange);
  if (ownMedia.answers(request, response) || (await parts.showsGraphiql(request, response))) return;
  const graph = graphAt(request, parts.graphs);
  if (!graph) return sayNothingHere(request, response);
  response.setHeader('Vary', VARY);
  if (!isQuestion(request)) return graph.pass(request, response, incoming);
  incoming.mediaBase = ownMedia.baseFor(request);
  const caller = await parts.identify(request);
  const asked = { ...exchange, graph };
  if (await receive(parts, asked, caller)) await answer(parts, asked, caller);
}

/** Answers a message of the Model Context Protocol. Its tools run operations of the graph. */
async function serveMcp(parts: Parts, exchange: Exchange) {
  const { request, response, incoming } = exchange;
  parts.mcp.check(request, incoming);
  incoming.mediaBase = parts.ownMedia.baseFor(request);
  const signal = endWith(response);
  const caller = await parts.identify(request);
  const body = await parts.receiveBody(exchange, caller);
  if (!body) return;
  await parts.mcp.answer({ request, response, incoming: { ...incoming, caller, signal } }, body);
}

/** Reads the parameters of the request. Returns false if the client left before the whole body arrived. */
async function receive(parts: Parts, exchange: GraphExchange, caller: Caller): Promise<boolean> {
  const { request, incoming, graph } = exchange;
  const body = await parts.receiveBody(exchange, caller);
  if (!body) return false;
  if (!incoming.mediaType) throw notAcceptable();
  Object.assign(incoming, askedIn(request, body));
  if (Array.isArray(incoming.params)) {
    checkBatch(incoming.params);
    incoming.operations = incoming.params.length;
    await parts.admit(request, caller, incoming.operations - 1);
  }
  incoming.params = withDocuments(incoming.params, caller, graph.trusted);
  return true;
}

/** Chooses how the request is answered: `http/answering.ts`. */
async function answer({ load, ownerOf }: Parts, exchange: GraphExchange, caller: Caller) {
  const { request, response, incoming, graph } = exchange;
  const { operations, readings, coalescer, pass } = graph;
  const owner = ownerOf(caller);
  // An upload takes as long as its client needs. It gets its slot when it is sent on.
  if (isUpload(request)) {
    endSoon(request, response);
    return pass(request, response, incoming);
  }
  const { params } = incoming;
  if (!readings.knows(params)) await readings.read(params, owner, endWith(response));
  const operation = Array.isArray(params) ? undefined : operations.askedBy(params);
  if (operation?.kind === 'subscription' && acceptsEvents(request.headers.accept)) {
    return graph.stream(request, response, incoming);
  }
  // An operation that waits for a result is not shared and takes no slot.
  if (operation?.estimate.waits) return pass(request, response, incoming);
  const key = coalescer.keyOf(incoming, request.headers.authorization);
  if (key !== undefined) return graph.share(key, request, response, incoming);
  const signal = endWith(response);
  const work = () => pass(request, response, { ...incoming, signal });
  const isWrite = [params].flat().some((one) => operations.askedBy(one)?.kind === 'mutation');
  await load.inTurn(owner, signal, work, isWrite);
}

function socketsOf(parts: Parts, options: GatewayOptions) {
  const { deps, ownMedia, graphs } = parts;
  const { refusalOf } = graphs.graphql;
  return createUpgrades({
    ...parts,
    ...{ clock: deps.jobs.clock, log: deps.log },
    baseFor: ownMedia.baseFor,
    limits: { ...SOCKET_LIMITS, idleMs: deps.config.keepAliveTimeoutMs, ...options.sockets },
    refusalOf: (incoming) => refusalOf({ ...incoming, mediaType: undefined }),
  });
}

function sayNothingHere(request: IncomingMessage, response: ServerResponse) {
  endSoon(request, response);
  const error = { message: nothingAt(request), extensions: { code: 'NOT_FOUND' } };
  sendJson(response, 404, { errors: [error] });
}
