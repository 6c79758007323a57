/**
 * GraphiQL's page, made in a thread of its own: the library is one text of 9 MB, of which all copies would stay in memory for
 * as long as the thread that has read it.
 */
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { GraphiQLOptions, Plugin } from 'graphql-yoga';

interface Page {
  bytes: Uint8Array<ArrayBuffer>;
  /** Its Content-Security-Policy. */
  policy: string;
}

/** What this file is given where it is the thread. */
interface Task {
  graphiql: GraphiQLOptions | undefined;
}

const isThread = (given: unknown): given is Task =>
  typeof given === 'object' && given !== null && 'graphiql' in given;

async function makePage(options: GraphiQLOptions | undefined): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const text = renderGraphiQL(options);
  return { bytes: Buffer.from(text), policy: policyFor(text) };
}

async function makeInThread(options: GraphiQLOptions | undefined): Promise<Page> {
  const task: Task = { graphiql: options };
  // It needs nothing of what this process was started with.
  const thread = new Worker(new URL(import.meta.url), { workerData: task, execArgv: [], env: {} });
  const ended = once(thread, 'exit').then(([code]) => {
    throw new Error(`the thread ended with ${code}, and without a page`);
  });
  const [page] = await Promise.race([once(thread, 'message'), ended]);
  return page;
}

/**
 * What GraphiQL's page may do: run its one script, known by its hash, and ask this gateway. Monaco makes its workers from
 * blobs, and writes its styles, fonts and icons into the page as it runs; pictures of an answer are shown from anywhere.
 */
const policyFor = (page: string) =>
  [
    "default-src 'none'",
    `script-src 'sha256-${hash('sha256', scriptIn(page), 'base64')}'`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'font-src data:',
    "img-src 'self' data: https:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const [START, END] = ['<script>', '</script>'];

const scriptIn = (page: string) =>
  page.slice(page.indexOf(START) + START.length, page.lastIndexOf(END));

/** The server below yoga answers with the status of what is thrown, and with its stack. */
class NoPage extends Error {
  readonly status = 503;
  override readonly stack =
    'GraphiQL is not to be had just now. Ask again; operations are answered all the same.';
}

/**
 * The page lets itself do no more than it needs. It is made when it is first asked for, and once: the same bytes go to all,
 * since strangers too may ask for it as often as they like, and read it as slowly.
 */
export function createGraphiqlPage(onTrouble: (error: unknown) => void) {
  let making: Promise<Page> | undefined;
  let policy = '';
  const usePolicy = (): Plugin => ({
    onResponse({ response }) {
      if (response.headers.get('content-type') !== 'text/html') return;
      response.headers.set('content-security-policy', policy);
    },
  });
  const renderGraphiQL = async (options?: GraphiQLOptions) => {
    making ??= makeInThread(options).catch((error) => {
      // The next who asks may have more luck.
      making = undefined;
      onTrouble(error);
      throw new NoPage();
    });
    const page = await making;
    policy = page.policy;
    // What a Response takes; yoga's types know of texts only.
    return page.bytes as unknown as string;
  };
  return { usePolicy, renderGraphiQL };
}

// Last: it needs all of the above.
if (isThread(workerData)) {
  const page = await makePage(workerData.graphiql);
  parentPort?.postMessage(page, [page.bytes.buffer]);
}
