/** Opens the built studio in a browser, with a gateway on an emulator. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { startJobs } from '../jobs/support.ts';
import type { TestGatewayOptions } from '../support/gateway.ts';
import { placeOf } from '../support/programs.ts';
import { STUDIO } from './place.ts';

/** Opens one browser for the tests of a file. */
export function useBrowser() {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: placeOf('chromium') });
  });
  afterAll(() => browser.close());
  return {
    open: (options: Parameters<typeof openStudio>[1] = {}) => openStudio(browser, options),
  };
}

const BUDGET = {
  BUDGET_DAY: '25',
  BUDGET_UNKNOWN_IMAGE: '0.25',
  BUDGET_UNKNOWN_VIDEO: '2',
  BUDGET_UNKNOWN_TUNE: '1.5',
};

interface StudioOptions {
  gateway?: TestGatewayOptions;
  browser?: BrowserContextOptions;
}

async function openStudio(browser: Browser, options: StudioOptions) {
  const gateway = await startJobs({
    seed: true,
    token: 'sd_demo',
    hasOwnMedia: true,
    environment: BUDGET,
    ...options.gateway,
  });
  const origin = await serve(new URL(gateway.url).origin);
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    ...options.browser,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const log = listen(page);
  return {
    ...gateway,
    ...log,
    page,
    origin,
    go: (path = '/') => page.goto(`${origin}/studio${path}`),
  };
}

/** Starts the server that `npm run studio` starts, for this gateway. Returns its origin. */
async function serve(gateway: string): Promise<string> {
  const child = spawn(process.execPath, [`${STUDIO}start.ts`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { GATEWAY_URL: gateway, PORT: '0' },
  });
  onTestFinished(async () => {
    child.kill();
    if (child.exitCode === null) await once(child, 'exit');
  });
  for await (const line of createInterface(child.stdout)) {
    const address = /Studio\s+(\S+)/.exec(line)?.[1];
    if (address) return new URL(address).origin;
  }
  throw new Error('The studio ended before it was ready.');
}

/** Records the operations that the page sends, and the errors in its console. */
function listen(page: Page) {
  const operations: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/graphql')) return;
    operations.push(/"operationName":"(\w+)"/.exec(request.postData() ?? '')?.[1] ?? 'upload');
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => void complaints.push(String(error)));
  return {
    operations,
    complaints,
    /** Waits until the page has sent no operation for 800 ms. */
    async settled() {
      for (let known = -1; known !== operations.length; ) {
        known = operations.length;
        await page.waitForTimeout(800);
      }
    },
    /** Returns the operations since the last call, sorted, because some are sent at the same time. */
    asked: () => operations.splice(0).sort(),
  };
}

/** The tiles of the gallery by their addresses. */
export const tilesOf = (page: Page) =>
  page
    .locator('.tile-link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
