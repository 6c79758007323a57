import { hash } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';

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

/**
 * Renders by `render`, and lets the page do no more than it needs. Once: the same bytes go to all, since strangers too may
 * ask for the page as often as they like, and read its 9 MB as slowly.
 */
export function createGraphiqlPolicy<Options>(render: (options: Options) => Promise<string>) {
  let policy = '';
  let page: Buffer | undefined;
  const usePolicy = (): Plugin => ({
    onResponse({ response }) {
      if (response.headers.get('content-type') !== 'text/html') return;
      response.headers.set('content-security-policy', policy);
    },
  });
  const renderGraphiQL = async (options: Options) => {
    if (!page) {
      const text = await render(options);
      policy = policyFor(text);
      page = Buffer.from(text);
    }
    // What a Response takes; yoga's types know of texts only.
    return page as unknown as string;
  };
  return { usePolicy, renderGraphiQL };
}
