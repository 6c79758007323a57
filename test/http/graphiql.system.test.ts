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

/** Presses a tab once. GraphiQL reads the operations of a tab a moment after it shows them. */
async function openTab(page: Page, name: string) {
  const tab = page.getByRole('tab', { name });
  await tab.click();
  await page.waitForTimeout(1500);
  return tab;
}

const run = (page: Page) => page.locator('.graphiql-execute-button').click();
const answer = (page: Page, text: string) =>
  page.locator('.result-window').getByText(text).first().waitFor();

test('the first click on a tab opens it, and what stands there is answered', async () => {
  const { url } = await startSubscribed({ seed: true, token: 'sd_demo' });
  const { page, complaints } = await open(url);
  const tab = await openTab(page, 'Videos');
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

test('one tab creates a prompt, and then watches the prompt that it has created', async () => {
  const { url, passUntil } = await startSubscribed({ seed: true, token: 'sd_demo' });
  const { page, complaints } = await open(url);
  await openTab(page, 'CreatePrompt');
  const runOperation = async (name: string) => {
    await run(page);
    await page.getByRole('menuitem', { name }).click();
  };
  await runOperation('CreatePrompt');
  await answer(page, '"createPrompt"');
  await runOperation('PromptLive');
  await passUntil(answer(page, '/2.png'));
  const shown = await page.locator('.result-window').innerText();
  expect(shown).toContain('SUCCEEDED');
  expect(shown).toContain('UHJvbXB0OjQ1MjAwMDAw');
  expect(complaints).toEqual([]);
});

test('a comment of an example is shown as a whole, so that one sees what costs money', async () => {
  const { url } = await startSubscribed({ seed: true, token: 'sd_demo' });
  const { page } = await open(url);
  await page.getByRole('tab', { name: 'CreatePrompt' }).click();
  const editor = page.locator('.graphiql-query-editor');
  const end = async () => {
    const box = await editor.getByText('Costs').first().boundingBox();
    return box ? box.x + box.width : Number.POSITIVE_INFINITY;
  };
  const { x = 0, width = 0 } = (await editor.boundingBox()) ?? {};
  await expect.poll(end, { timeout: 10_000 }).toBeLessThan(x + width);
});
