/** Generation: the price in advance, pictures as they arrive, errors, and a lost connection. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from './studio.ts';

const studio = useBrowser();

const priceShown = (page: Page) => page.getByText(/^\$0\.\d/).waitFor();
const text = (page: Page) => page.getByRole('textbox', { name: 'Text' });
const generate = (page: Page) => page.getByRole('button', { name: 'Generate' }).click();
const jobs = (page: Page) => page.locator('.jobs .tile');
const picturesIn = (page: Page) => page.locator('.jobs .tile img');
const created = (requests: () => string[]) =>
  requests().filter((request) => /^POST \/tunes\/\d+\/prompts/.test(request));

test('the price is shown in advance, several prompts run at once, and their pictures arrive', async () => {
  const { page, go, asked, complaints, requests, passUntil } = await studio.open();
  await go('/create');
  await priceShown(page);
  await text(page).fill('a harbour at dawn');
  expect(asked()).toEqual(['StudioAccount', 'StudioEstimate']);
  expect(await page.locator('.price').innerText()).toBe(
    'Price\n$0.25\nby what you have paid for the same',
  );
  await page.getByRole('radio', { name: '4', exact: true }).check();
  // Nobody has paid for four yet.
  await expect
    .poll(() => page.locator('.price').innerText())
    .toBe('Price\nAbout $0.50\nby what one has cost');
  await generate(page);
  await expect.poll(() => jobs(page).count()).toBe(1);
  await text(page).fill('a bowl of oranges at a kitchen table');
  await page.getByRole('radio', { name: '16:9' }).check();
  await generate(page);
  await expect.poll(() => jobs(page).count()).toBe(2);
  await page.getByText('2 on the way').waitFor();
  // The tile has the right proportions before there is a picture.
  expect(await picturesIn(page).count()).toBe(0);
  const newest = await jobs(page).first().boundingBox();
  expect((newest?.width ?? 0) / (newest?.height ?? 1)).toBeCloseTo(16 / 9, 1);
  await passUntil(expect.poll(() => picturesIn(page).count()).toBe(2));
  await passUntil(page.getByText('on the way').waitFor({ state: 'detached' }));
  expect(created(requests)).toHaveLength(2);
  const operations = asked();
  expect(operations.filter((name) => name === 'StudioGemini')).toHaveLength(2);
  // Jobs are followed without queries. The balance is read once they are done.
  expect(new Set(operations)).toEqual(new Set(['StudioAccount', 'StudioEstimate', 'StudioGemini']));

  await page.getByRole('link', { name: 'Gallery', exact: true }).click();
  await page.locator('.tile:not(.skeleton)').first().waitFor();
  const first = await page.locator('.tile-text').first().innerText();
  expect(first).toBe('a bowl of oranges at a kitchen table');
  expect(complaints).toEqual([]);
});

test('Seedream and a tune of the account make pictures too', async () => {
  const { page, go, requests, passUntil, complaints } = await studio.open();
  await go('/create');
  await page.getByRole('radio', { name: 'Seedream 4.5' }).check();
  await text(page).fill('an empty set, window light');
  await generate(page);
  await expect.poll(() => jobs(page).count()).toBe(1);
  await text(page).fill('');
  await page.getByRole('radio', { name: 'Own tune' }).check();
  const tunes = page.getByRole('combobox', { name: 'Tune' });
  await expect.poll(() => tunes.locator('option').count()).toBeGreaterThan(10);
  const lora = (await tunes.locator('option').allTextContents()).find((title) =>
    title.startsWith('Haruto Lindqvist'),
  );
  await tunes.selectOption({ label: lora ?? '' });
  expect(await text(page).inputValue()).toBe('ohwx man ');
  await text(page).fill('a portrait without the subject');
  await generate(page);
  await page.getByText(/Text must include .ohwx man./).waitFor();
  await text(page).fill('ohwx man in a raincoat, on a pebble beach');
  await generate(page);
  await expect.poll(() => jobs(page).count()).toBe(2);
  await passUntil(expect.poll(() => picturesIn(page).count()).toBe(2));
  const models = created(requests).map((request) => Number(/\d+/.exec(request)?.[0]));
  expect(new Set(models).size).toBeGreaterThanOrEqual(2);
  expect(complaints).toEqual([]);
});

test('an invalid field has its message beside it, and a job that fails has its own on its tile', async () => {
  const { page, go, passUntil, account } = await studio.open();
  await go('/create');
  await priceShown(page);
  await generate(page);
  await page.getByText("Text can't be blank").waitFor();
  expect(await text(page).getAttribute('aria-invalid')).toBe('true');
  const described = await text(page).getAttribute('aria-describedby');
  expect(await page.locator(`[id="${described}"]`).innerText()).toContain("can't be blank");

  await text(page).fill('[fail] a crowd');
  await generate(page);
  await expect.poll(() => jobs(page).count()).toBe(1);
  await passUntil(page.getByText('The provider refused this prompt.').waitFor());

  account.balanceMc = 0;
  await text(page).fill('too much');
  await generate(page);
  await page.getByText(/Not enough balance/).waitFor();
  expect(await text(page).inputValue()).toBe('too much');
});

test('an answer that is lost is fetched after a reload, and nothing is paid twice', async () => {
  const { page, go, requests, passUntil } = await studio.open();
  await go('/create');
  await priceShown(page);
  await text(page).fill('a boat');
  let isLost = true;
  const sent: string[] = [];
  await page.route('**/graphql', async (route) => {
    const body = route.request().postData() ?? '';
    if (!body.includes('StudioGemini')) return route.continue();
    sent.push(JSON.stringify(JSON.parse(body).variables.input));
    if (!isLost) return route.continue();
    // The gateway answers, and the answer is lost.
    await route.fetch();
    await route.abort();
  });
  await generate(page);
  await page.getByText('it is never paid for twice').waitFor();
  // What was sent must not change under its key.
  expect(await text(page).isDisabled()).toBe(true);
  isLost = false;
  await page.reload();
  await expect.poll(() => jobs(page).count()).toBe(1);
  expect(await text(page).inputValue()).toBe('a boat');
  expect(created(requests)).toHaveLength(1);
  // The same key, the same limit of the price.
  expect(new Set(sent).size).toBe(1);
  expect(sent[0]).toMatch(/"idempotencyKey":"[^"]+","maxCost":"0\.25000"/);
  expect(sent).toHaveLength(2);

  // A job goes on after a reload too.
  await page.reload();
  await expect.poll(() => jobs(page).count()).toBe(1);
  await passUntil(expect.poll(() => picturesIn(page).count()).toBe(1));
});

test('a connection that is cut comes back with the cursor of the last event', async () => {
  const { page, go, passUntil, complaints } = await studio.open();
  const subscribed: string[] = [];
  let events = 0;
  let cut = () => {};
  await page.routeWebSocket('**/graphql', (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      if (message.includes('StudioLive')) subscribed.push(String(message));
      server.send(message);
    });
    server.onMessage((message) => {
      events += Number(message.includes('"next"'));
      socket.send(message);
    });
    cut = () => {
      server.close();
      socket.close({ code: 1012 });
    };
  });
  await go('/create');
  await text(page).fill('a pier');
  await generate(page);
  await expect.poll(() => events).toBe(1);
  cut();
  await expect.poll(() => subscribed.length).toBe(2);
  const cursors = subscribed.map((message) => JSON.parse(message).payload.variables.after);
  expect(cursors).toEqual([null, expect.stringMatching(/^1~P/)]);
  await passUntil(expect.poll(() => picturesIn(page).count()).toBe(1));
  expect(complaints).toEqual([]);
});

test('the key is kept if the outcome is unknown, and what was sent can be given up', async () => {
  const { page, go, emulator, requests } = await studio.open();
  await go('/create');
  await priceShown(page);
  await text(page).fill('a lighthouse');
  emulator.fail({ method: 'POST', path: '/tunes/*/prompts', status: 500, times: 5 });
  await generate(page);
  await page.getByText('it is never paid for twice').waitFor();
  expect(await text(page).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Give it up' }).click();
  expect(await text(page).isDisabled()).toBe(false);
  expect(await text(page).inputValue()).toBe('a lighthouse');
  emulator.clearFaults();
  await generate(page);
  await expect.poll(() => jobs(page).count()).toBe(1);
  expect(created(requests)).toHaveLength(2);
});

test('a text from another page waits until nothing is being sent', async () => {
  const { page, go, emulator } = await studio.open();
  await go('/create');
  await priceShown(page);
  await text(page).fill('a lighthouse');
  emulator.fail({ method: 'POST', path: '/tunes/*/prompts', status: 500, times: 99 });
  await generate(page);
  await page.getByText('it is never paid for twice').waitFor();
  await go('/pictures/45042317');
  await page.getByRole('link', { name: 'Use this text' }).click();
  await page.getByText('it is never paid for twice').waitFor();
  expect(await text(page).inputValue()).toBe('a lighthouse');
  await page.getByRole('button', { name: 'Give it up' }).click();
  await expect.poll(() => text(page).inputValue()).toContain('<faceid:');
});

test('a reference is picked into the text, and taken out again', async () => {
  const { page, go, asked, requests, complaints } = await studio.open();
  await go('/create');
  await priceShown(page);
  asked();
  await page.getByRole('button', { name: 'Add a reference' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('searchbox').fill('maya okafor, face');
  await dialog.getByRole('button', { name: /Maya Okafor, face/ }).click();
  expect(await text(page).inputValue()).toBe('<faceid:5234834:1> woman');
  expect(asked()).toEqual(['StudioReferences']);
  await text(page).press('End');
  await text(page).pressSequentially(' wearing');
  await page.getByRole('button', { name: 'Add a reference' }).click();
  await dialog.getByRole('searchbox').fill('ankle boots, rust');
  await dialog.getByRole('button', { name: /Ankle boots, rust/ }).click();
  expect(await text(page).inputValue()).toBe(
    '<faceid:5234834:1> woman wearing <faceid:5234832:1> boots',
  );
  await page.getByRole('button', { name: 'Remove Ankle boots, rust' }).click();
  expect(await text(page).inputValue()).toBe('<faceid:5234834:1> woman wearing boots');
  await generate(page);
  await expect.poll(() => jobs(page).count()).toBe(1);
  expect(created(requests)).toHaveLength(1);
  expect(complaints).toEqual([]);
});
