import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AccountAccess, accessTo } from './access.ts';
import { notFound } from './answers.ts';
import { type CallbackFault, createCallbackFaults } from './callback-faults.ts';
import { createCallbacks } from './callbacks.ts';
import { type Clock, systemClock } from './clock.ts';
import { answerControl, type Controls } from './control.ts';
import { isStorage, store } from './direct-uploads.ts';
import {
  damaged,
  failureOf,
  type Reply,
  ranged,
  readBody,
  replyOf,
  send,
  withEtag,
} from './exchange.ts';
import { createFaults, type Fault } from './faults.ts';
import { answerOf, type Handler } from './handler.ts';
import { createHandlers } from './handlers.ts';
import { bodyOf, describe } from './params.ts';
import { pictureAt } from './pictures.ts';
import { seedDemo, seedGallery } from './seed.ts';
import { accountOf, createWorld, type World } from './store.ts';
import { DEFAULT_DURATIONS, type Durations, spedUp } from './timeline.ts';
import { PLAIN_CHOICES, type Unknowns } from './unknowns.ts';

export interface EmulatorOptions {
  /** Any free port if left out or 0. */
  port?: number;
  host?: string;
  clock?: Clock;
  /** The factor by which prompts and tunes are done faster. */
  speed?: number;
  /** The origin of addresses in bodies, for answers that must not depend on the port. The emulator's own if left out. */
  publicUrl?: string;
  /** Whether `sd_demo` has rows. The gallery is always there. */
  seed?: boolean;
  /** Allows callbacks to addresses that are not loopback. */
  allowRemoteCallbacks?: boolean;
  durations?: Partial<Durations>;
  unknowns?: Partial<Unknowns>;
  /** Called with what was sent and is not known. Warns on the console if left out. */
  report?: (line: string) => void;
}

export interface LoggedRequest {
  method: string;
  /** As it was sent, with its query. */
  path: string;
  headers: Record<string, string>;
  /** As Rails reads it, with files described by name, type and size. A text if it cannot be parsed, null if there is none. */
  body: unknown;
}

export interface Emulator {
  url: string;
  /** The requests to the API in order of arrival: the newest ten thousand. */
  requests: LoggedRequest[];
  clearRequests(): void;
  /** Gives a test direct access to the key's account. The first use opens the account. */
  account(key: string): AccountAccess;
  gallery: AccountAccess;
  /** Serves a picture or film below `/images/` through another server. */
  serveMedia(path: string, request: IncomingMessage, response: ServerResponse): void;
  unknowns: Unknowns;
  fail(fault: Fault): void;
  /** Affects callbacks that are sent from now on. */
  failCallback(fault: CallbackFault): void;
  clearFaults(): void;
  close(): Promise<void>;
}

const LONGEST_LOG = 10_000;
/** Has no meaning, but a URL needs an origin. */
const ORIGIN = 'http://astria';

export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { clock = systemClock, speed = 1, seed = true } = options;
  const unknowns = { ...PLAIN_CHOICES, ...options.unknowns };
  const callbackFaults = createCallbackFaults();
  const callbacks = createCallbacks(clock, {
    allowRemote: options.allowRemoteCallbacks ?? false,
    contentType: () => unknowns.callbackContentType,
    faults: callbackFaults,
  });
  const world = createWorld({
    clock,
    unknowns,
    durations: spedUp({ ...DEFAULT_DURATIONS, ...options.durations }, speed),
    publicUrl: options.publicUrl ?? '',
    notify: callbacks.notify,
    report: options.report ?? console.warn,
  });
  const site: Site = {
    world,
    faults: createFaults(),
    callbackFaults,
    requests: [],
    handlers: createHandlers(world),
  };
  const server = createServer((request, response) => void serve(site, request, response));
  // Longer than clients keep idle connections, so that this side never closes one under a request.
  server.keepAliveTimeout = 120_000;
  const url = await listen(server, options);
  world.publicUrl ||= url;
  seedGallery(world);
  if (seed) seedDemo(world);
  return {
    url,
    requests: site.requests,
    clearRequests: () => void site.requests.splice(0),
    account: (key) => accessTo(world, accountOf(world, key)),
    gallery: accessTo(world, world.gallery),
    serveMedia: (path, request, response) =>
      send(response, mediaAt(world, path, request), { now: clock.now() }),
    unknowns,
    fail: site.faults.add,
    failCallback: callbackFaults.add,
    clearFaults() {
      site.faults.clear();
      callbackFaults.clear();
    },
    close: () => {
      callbacks.close();
      return shut(server);
    },
  };
}

/** What a request is answered with. */
interface Site extends Controls {
  world: World;
  requests: LoggedRequest[];
  handlers: Handler[];
}

async function serve(
  site: Site,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const say: Say = (reply, broken) =>
    send(response, reply, { now: site.world.clock.now(), broken });
  try {
    const body = await readBody(incoming);
    const { pathname } = new URL(incoming.url ?? '/', ORIGIN);
    const aside = answerControl(site, { incoming, pathname, body });
    if (aside) return say(aside);
    if (incoming.method === 'GET' && pathname.startsWith('/images/')) {
      return say(mediaAt(site.world, pathname, incoming));
    }
    if (isStorage(incoming.method, pathname)) {
      return say(store(site.world, pathname, { headers: incoming.headers, body }));
    }
    await answer(site, requestOf(incoming, body), { incoming, say, pathname });
  } catch (error) {
    // The client left, or this is a defect of the emulator, which must not look like Astria's.
    if (!incoming.complete || response.destroyed) return;
    console.error(error);
    const text = `The emulator failed: ${error}`;
    say({ status: 500, headers: { 'content-type': 'text/plain' }, body: text });
  }
}

const mediaAt = (world: World, path: string, { headers }: IncomingMessage): Reply =>
  ranged(pictureAt(world, path), headers.range);

type Say = (reply: Reply, broken?: Fault['broken']) => void;

interface Exchange {
  incoming: IncomingMessage;
  say: Say;
  pathname: string;
}

async function answer(site: Site, request: Request, exchange: Exchange): Promise<void> {
  const { incoming, say, pathname } = exchange;
  await log(site, request, incoming);
  const fault = site.faults.take(request.method, pathname);
  if (fault?.latencyMs) await sleep(fault.latencyMs, undefined, { ref: false });
  const failure = fault && failureOf(fault, site.world.unknowns.retryAfter);
  if (failure && !fault.afterWrite) return say(failure, fault.broken);
  const reply = await ask(site.handlers, request);
  if (failure) return say(failure, fault.broken);
  say(withEtag(fault ? damaged(reply, fault) : reply, incoming), fault?.broken);
}

async function ask(handlers: readonly Handler[], request: Request): Promise<Reply> {
  const response = await answerOf(handlers, request);
  if (response) return replyOf(response);
  const { status, body } = notFound();
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers, body: JSON.stringify(body) };
}

/** Makes the handlers' request. `.json` at the end of the path is ignored, as the answer is JSON anyway. */
function requestOf(incoming: IncomingMessage, body: Buffer): Request {
  const { method = 'GET' } = incoming;
  const url = new URL(incoming.url ?? '/', ORIGIN);
  url.pathname = url.pathname.replace(/(?:\.json)?\/?$/, '');
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0;
  return new Request(url, { method, headers, ...(hasBody && { body: new Uint8Array(body) }) });
}

async function log(site: Site, request: Request, incoming: IncomingMessage): Promise<void> {
  const entry: LoggedRequest = {
    method: request.method,
    path: incoming.url ?? '/',
    headers: Object.fromEntries(request.headers),
    body: null,
  };
  site.requests.push(entry);
  if (site.requests.length > LONGEST_LOG) site.requests.shift();
  if (!request.body) return;
  entry.body = await bodyOf(request)
    .then(describe)
    .catch(() => request.clone().text());
}

function listen(
  server: Server,
  { port = 0, host = '127.0.0.1' }: EmulatorOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const { port: taken } = server.address() as AddressInfo;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${taken}`);
    });
  });
}

function shut(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return closed;
}
