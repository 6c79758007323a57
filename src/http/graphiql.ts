/** Serves GraphiQL to anybody: its page, its assets, and the redirect from `/`. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tellsCallersApart } from '../auth/access-settings.ts';
import { type Config, holdsKey } from '../config.ts';
import { send } from './answer.ts';
import { codingFor } from './compression.ts';
import { type Example, exampleOperations, TABS } from './example-operations.ts';
import {
  type GraphiqlPage,
  makeInThread,
  type PageFile,
  type PageSettings,
} from './graphiql-page.ts';
import { graphNameOf } from './params.ts';

const ASSET = /\/graphql\/assets\/([\w.-]+)$/;
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * The page is made once, at the first request. All clients get the same bytes, because anybody may request it often and read it
 * slowly.
 */
export function createGraphiql(
  config: Config,
  { onTrouble, make = makeInThread }: GraphiqlOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const { graphiql: isOn, isCompressed } = config;
  let making: Promise<GraphiqlPage> | undefined;

  function madePage() {
    making ??= make(pageSettings(config)).catch((error) => {
      // The next request tries again.
      making = undefined;
      throw error;
    });
    return making;
  }

  async function show(request: IncomingMessage, response: ServerResponse) {
    const { html, policy, assets } = await madePage();
    const name = ASSET.exec(request.url ?? '')?.[1];
    const file = name === undefined ? html : assets.get(name);
    if (!file) return false;
    if (file === html) response.setHeader('Content-Security-Policy', policy);
    response.setHeader('Cache-Control', file === html ? 'no-cache' : FOR_EVER);
    sendFile(request, response, { file, isCompressed });
    return true;
  }

  /** Returns true if the request was answered. */
  return async (request, response) => {
    if (!isOn || request.method !== 'GET') return false;
    const { url = '', headers } = request;
    const isForBrowser = headers.accept?.includes('text/html') ?? false;
    if (isForBrowser && /^\/(?:\?|$)/.test(url)) {
      // A relative address, because a proxy may put a path in front.
      response.writeHead(302, { Location: 'graphql', 'Content-Length': 0 }).end();
      return true;
    }
    if (!ASSET.test(url) && !(isForBrowser && graphNameOf(request) === 'graphql')) return false;
    return show(request, response).catch((error) => {
      onTrouble(error);
      sayLater(response);
      return true;
    });
  };
}

interface GraphiqlOptions {
  onTrouble(error: unknown): void;
  make?: (settings: PageSettings) => Promise<GraphiqlPage>;
}

interface Sent {
  file: PageFile;
  isCompressed: boolean;
}

function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  { file: { type, digest, bytes }, isCompressed }: Sent,
) {
  const { 'accept-encoding': accepted, 'if-none-match': known } = request.headers;
  const coding = isCompressed ? codingFor(accepted as string | undefined) : undefined;
  const etag = `"${digest}-${coding ?? 'identity'}"`;
  if (isCompressed) response.appendHeader('Vary', 'Accept-Encoding');
  response.setHeader('ETag', etag);
  if (known?.includes(etag)) return void response.writeHead(304).end();
  const body = Buffer.from(bytes[coding ?? 'identity'].buffer);
  const headers = {
    'content-type': type,
    'content-length': String(body.length),
    ...(coding && { 'content-encoding': coding }),
  };
  send(response, { status: 200, headers, body, requestId: '' });
}

const LATER =
  'GraphiQL is not to be had just now. Ask again; operations are answered all the same.';

function sayLater(response: ServerResponse) {
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  send(response, { status: 503, headers, body: Buffer.from(LATER), requestId: '' });
}

/** Returns the settings for the page's script. */
function pageSettings(config: Config): PageSettings {
  const { baseUrl } = config;
  return {
    ...keySettings(config),
    headers: HEADERS,
    tabs: TABS,
    groups: groupsOf(exampleOperations()),
    // An Astria with http is a separate emulator, so its pictures are allowed.
    pictures: baseUrl?.startsWith('http:') ? new URL(baseUrl).origin : undefined,
  };
}

/** The headers that GraphiQL shows beside each tab's variables, as JSON with comments. */
const HEADERS = `{
  // Adds what the operation costs at Astria to its answer.
  "X-Upstream-Report": "1",
  // The workspace: its number, or all. The default is your personal scope.
  // "X-Workspace-Id": "all"
}
`;

const REFUSED = 'This needs a key: paste yours here, and run it again. All tabs use it.';

/** Returns what to enter in the key field, and whether a key is needed. */
function keySettings(config: Config): PageSettings {
  if (tellsCallersApart(config)) {
    const placeholder = config.gatewayKeys.length > 0 ? 'gk_…' : 'your token';
    return { placeholder, hint: 'Your key to this gateway, for all tabs.', refused: REFUSED };
  }
  const placeholder = 'sd_…';
  if (!config.baseUrl) return { placeholder, hint: EMULATOR_HINT, refused: EMULATOR_REFUSED };
  const hint = holdsKey(config) ? 'No key is needed: this gateway holds one.' : ASTRIA_HINT;
  return { placeholder, hint, refused: REFUSED };
}

const ASTRIA_HINT = 'Your key from astria.ai/users/edit#api, for all tabs.';
const EMULATOR_HINT =
  'No key is needed: without one you use a demo account of the emulator. Any sd_… key has an empty account.';
const EMULATOR_REFUSED =
  'This is no key of Astria: empty the field, or paste one that begins with sd_. Then run it again.';

function groupsOf(examples: readonly Example[]) {
  const titles = { read: 'Read', pay: 'Make: costs money at Astria', change: 'Other mutations' };
  return Object.entries(titles).map(([kind, title]) => ({
    title,
    examples: examples.filter((one) => one.kind === kind),
  }));
}
