/**
 * Makes GraphiQL's page and its assets in a thread: the library is one text of 9 MB, and all copies of it would stay in the
 * memory of the thread that has read it.
 */
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Coding } from './compression.ts';

/** A file in each content coding. */
export interface PageFile {
  type: string;
  /** The hash of its content. */
  digest: string;
  bytes: Record<Coding | 'identity', Uint8Array>;
}

export interface GraphiqlPage {
  html: PageFile;
  /** Its Content-Security-Policy. */
  policy: string;
  /** The assets of the page, by names that change with their content. */
  assets: Map<string, PageFile>;
}

export interface PageSettings {
  /** The origin of pictures, besides this gateway and https. */
  pictures?: string | undefined;
  /** Settings for `graphiql-browser.js`. */
  [name: string]: unknown;
}

/** The input of the thread. */
interface Task {
  graphiql: PageSettings;
}

const isThread = (given: unknown): given is Task =>
  typeof given === 'object' && given !== null && 'graphiql' in given;

/** Higher levels take much longer and gain little. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

const inBrotli = promisify(brotliCompress);
const inGzip = promisify(gzip);

/** Compresses each coding of a file in parallel, because the first client waits for all of them. */
async function fileOf(type: string, text: string): Promise<PageFile> {
  const identity = new Uint8Array(Buffer.from(text));
  const [br, gzip] = await Promise.all([inBrotli(identity, BROTLI), inGzip(identity)]);
  return {
    type,
    digest: hash('sha256', identity).slice(0, 16),
    bytes: { identity, br: new Uint8Array(br), gzip: new Uint8Array(gzip) },
  };
}

const SCRIPTS = 'text/javascript; charset=utf-8';
const STYLES = 'text/css; charset=utf-8';

async function makePage(settings: PageSettings): Promise<GraphiqlPage> {
  const { js, css, editorWorkerService, jsonWorker, graphqlWorker } = await import(
    '@graphql-yoga/render-graphiql/graphiql'
  );
  const texts = { js, css, editorWorkerService, json: jsonWorker, graphql: graphqlWorker };
  const named = await Promise.all(
    Object.entries(texts).map(async ([label, text]) => {
      const [suffix, type] = label === 'css' ? ['css', STYLES] : ['js', SCRIPTS];
      const file = await fileOf(type, text);
      return { label, file, name: `${label}-${file.digest}.${suffix}` };
    }),
  );
  const names = Object.fromEntries(named.map(({ label, name }) => [label, name]));
  const text = htmlOf({ ...settings, assets: names });
  return {
    html: await fileOf('text/html; charset=utf-8', text),
    policy: policyFor(settings),
    assets: new Map(named.map(({ name, file }) => [name, file])),
  };
}

const SCRIPT = readFileSync(new URL('./graphiql-browser.js', import.meta.url), 'utf8');
const ICON =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><circle cx='8' cy='8' r='7' fill='%23d60690'/><circle cx='8' cy='8' r='3' fill='white'/></svg>";

/** GraphiQL moves a pressed tab by its scroll offset, so that the click would miss it. */
const STYLE = `
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; background: hsl(219 29% 97%); }
#root { flex: 1; min-height: 0; height: auto !important; }
#root .graphiql-container { height: 100%; }
.graphiql-logo { display: none !important; }
.graphiql-tab { transform: none !important; }
/** GraphiQL's own preview, which lacks the host. */
[data-id^='hover-'] { display: none; }
#bar { display: flex; align-items: center; gap: 12px; margin: 0; padding: 8px 16px 0; font: 14px/1.4 system-ui, sans-serif; color: #3b4b68; }
#bar strong { font-size: 16px; }
#bar label { display: flex; align-items: center; gap: 8px; font-weight: 600; }
#key { width: 15em; padding: 6px 10px; border: 1px solid #b7c2d7; border-radius: 6px; font: inherit; background: #fff; color: #1f2a3d; }
#note { flex: 1; }
.refused #note { color: #b00020; font-weight: 600; }
.refused #key { outline: 2px solid #b00020; outline-offset: -2px; }
#examples { position: relative; }
#examples summary { cursor: pointer; padding: 6px 12px; border-radius: 6px; background: #d60690; color: #fff; font-weight: 600; list-style: none; white-space: nowrap; }
#menu { position: absolute; right: 0; top: 40px; z-index: 100; display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0 20px; width: min(1080px, 92vw); max-height: calc(100vh - 70px); overflow: auto; box-sizing: border-box; padding: 8px 16px 16px; border-radius: 8px; background: #fff; box-shadow: 0 8px 40px #1f2a3d55; }
#menu h2 { margin: 8px 0 4px; font-size: 14px; }
#menu a { display: block; padding: 3px 8px; border-radius: 6px; color: #1f2a3d; text-decoration: none; }
#menu a:hover, #menu a:focus { background: #fce6f4; }
#menu small { display: block; overflow: hidden; color: #66758f; white-space: nowrap; text-overflow: ellipsis; }
@media (prefers-color-scheme: dark) { body { background: hsl(219 29% 18%); } #bar { color: #d5deee; } .refused #note { color: #ff9aa8; } }
`;

const htmlOf = (settings: PageSettings) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Astria GraphQL</title>
<link rel="icon" href="${ICON}">
<style>${STYLE}</style>
</head>
<body>
<noscript>GraphiQL needs JavaScript.</noscript>
<form id="bar" autocomplete="off">
<strong>Astria GraphQL</strong>
<label>Key <input id="key" type="password" autocomplete="off" spellcheck="false"></label>
<span id="note" role="status"></span>
<details id="examples"><summary>All examples</summary><div id="menu"></div></details>
</form>
<div id="root"></div>
<script id="settings" type="application/json">${JSON.stringify(settings).replaceAll('<', '\\u003c')}</script>
<script type="module">${SCRIPT}</script>
</body>
</html>
`;

/**
 * The Content-Security-Policy of GraphiQL's page. It allows the page's one script, by its hash, with what that loads, and
 * requests to this gateway. Monaco writes styles, fonts and icons into the page at run time. Pictures may come from any https
 * address.
 */
const policyFor = ({ pictures }: PageSettings) =>
  [
    "default-src 'none'",
    `script-src 'sha256-${hash('sha256', SCRIPT, 'base64')}' 'strict-dynamic'`,
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    'font-src data:',
    `img-src 'self' data: https:${pictures ? ` ${pictures}` : ''}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export async function makeInThread(settings: PageSettings): Promise<GraphiqlPage> {
  const task: Task = { graphiql: settings };
  // The thread needs no environment and no flags of this process.
  const thread = new Worker(new URL(import.meta.url), { workerData: task, execArgv: [], env: {} });
  const ended = once(thread, 'exit').then(([code]) => {
    throw new Error(`the thread ended with ${code}, and without a page`);
  });
  const [page] = await Promise.race([once(thread, 'message'), ended]);
  return page;
}

function post(page: GraphiqlPage) {
  const files = [page.html, ...page.assets.values()];
  parentPort?.postMessage(
    page,
    files.flatMap(({ bytes }) => Object.values(bytes).map(({ buffer }) => buffer as ArrayBuffer)),
  );
}

// At the end, because it needs everything above. Not awaited, because `require` takes no module that awaits.
if (isThread(workerData)) void makePage(workerData.graphiql).then(post);
