/** GraphiQL in a browser. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startSubscribed } from '../jobs/subscribed.ts';
import { promptId } from '../jobs/support.ts';
import { placeOf } from '../support/programs.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: placeOf('chromium') });
});
afterAll(() => browser.close());

/** A page that has GraphiQL, and the errors of its console: of scripts, of what is not loaded, and of what its policy forbids. */
async function open(url: string) {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => void complaints.push(String(error)));
  await page.goto(url);
  return { page, complaints };
}

const run = (page: Page) => page.locator('.graphiql-execute-button').click();
const answer = (page: Page, text: string) =>
  page.locator('.result-window').getByText(text).first().waitFor();

test('the first click on a tab opens it, and what stands there is answered', async () => {
  const { url } = await startSubscribed({ seed: true, token: 'sd_demo' });
  const { page, complaints } = await open(url);
  const tab = page.getByRole('tab', { name: 'Videos' });
  await tab.click();
  expect(await tab.getAttribute('aria-selected')).toBe('true');
  await run(page);
  await answer(page, '"prompts"');
  expect(complaints).toEqual([]);
});

test('a subscription shows each event', async () => {
  const { url, add, passUntil } = await startSubscribed();
  add(7, 9);
  const query = `subscription Job { jobs(ids: ["${promptId(7)}"]) { isDone node { ... on Prompt { status } } } }`;
  const { page, complaints } = await open(`${url}?query=${encodeURIComponent(query)}`);
  await run(page);
  await answer(page, 'QUEUED');
  await passUntil(answer(page, 'SUCCEEDED'));
  expect(complaints).toEqual([]);
});
