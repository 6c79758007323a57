/** References from photos, packs, workspaces, balance and budget. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from './studio.ts';

const studio = useBrowser();

/** Drops files onto the zone, as if they were dragged from a folder. */
const drop = (page: Page, files: { name: string; type: string; bytes: number[] }[]) =>
  page.locator('.drop').evaluate((zone, dropped) => {
    const dataTransfer = new DataTransfer();
    for (const { name, type, bytes } of dropped) {
      dataTransfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
    }
    zone.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, files);

const PNG = [137, 80, 78, 71, 13, 10, 26, 10, ...new Array(50_000).fill(7)];

test('a reference is made of a dropped photo, and the upload shows its progress', async () => {
  const { page, go, asked, requests, complaints } = await studio.open();
  await go('/references');
  await page.locator('.card h2, .card h3').first().waitFor();
  await page.getByRole('button', { name: 'New reference' }).click();
  const make = page.getByRole('button', { name: 'Make the reference' });
  await make.click();
  await page.getByText('Photos must contain at least one image').waitFor();
  await drop(page, [
    { name: 'maya.png', type: 'image/png', bytes: PNG },
    { name: 'notes.txt', type: 'text/plain', bytes: [104, 105] },
  ]);
  expect(await page.locator('.photo').count()).toBe(2);
  await page.getByLabel('Title').fill('Maya, new test');

  // A reload keeps the photos and the words.
  await page.reload();
  await expect.poll(() => page.locator('.photo').count()).toBe(2);
  expect(await page.getByLabel('Title').inputValue()).toBe('Maya, new test');

  const shown: number[] = [];
  await page.exposeFunction('tellProgress', (value: number) => void shown.push(value));
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      const bar = document.querySelector<HTMLProgressElement>('.photo progress');
      if (bar) (window as unknown as { tellProgress(value: number): void }).tellProgress(bar.value);
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  await make.click();
  await page.getByText(/notes\.txt is text\/plain/).waitFor();
  expect(await page.getByText(/is text\/plain/).count()).toBe(1);
  await page.getByRole('button', { name: 'Remove notes.txt' }).click();
  asked();
  await make.click();
  await page.getByRole('heading', { name: 'Maya, new test' }).waitFor();
  expect(Math.max(...shown)).toBe(1);
  expect(asked()).toEqual(['upload']);
  expect(requests().filter((request) => request === 'POST /tunes')).toHaveLength(1);
  await page.getByRole('link', { name: /Use in a text.*Maya, new test/ }).click();
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Text' }).inputValue())
    .toMatch(/^<faceid:\d+:1> woman /);
  expect(complaints).toEqual([]);
});

test('packs show their prices, and one runs on two references', async () => {
  const { page, go, asked, requests, passUntil, complaints } = await studio.open();
  await go('/packs');
  await page.getByText('From $0.25').waitFor();
  expect(asked()).toEqual(['StudioAccount', 'StudioPacks']);
  await page.getByRole('link', { name: /Worn: boots/ }).click();
  expect(await page.getByRole('row', { name: /woman/ }).innerText()).toMatch(/woman\s+2\s+\$0\.25/);
  const run = page.getByRole('button', { name: 'Run the pack' });
  expect(await run.isDisabled()).toBe(true);
  const before = await page.locator('.tile').count();
  await page.getByLabel('Your woman').selectOption({ label: 'Maya Okafor, face (woman)' });
  await page.getByLabel('Your boots').selectOption({ label: 'Ankle boots, rust (boots)' });
  await expect.poll(() => page.locator('.price strong').innerText()).toMatch(/\$0\.25/);
  expect(asked()).toEqual(['StudioEstimate', 'StudioPack']);
  await run.click();
  await page.getByText('It is on its way').waitFor();
  await expect.poll(() => page.locator('.tile').count()).toBe(Math.min(24, before + 2));
  await passUntil(expect.poll(() => page.locator('.tile').first().locator('img').count()).toBe(1));
  expect(requests().filter((request) => /^POST \/p\//.test(request))).toHaveLength(1);
  expect(complaints).toEqual([]);
});

test('a pack run without an answer is sent again in its own workspace only', async () => {
  const { page, go } = await studio.open();
  const scopes: (string | undefined)[] = [];
  let isLost = true;
  await page.route('**/graphql', (route) => {
    const request = route.request();
    if (!request.postData()?.includes('StudioRunPack')) return route.continue();
    scopes.push(request.headers()['x-workspace-id']);
    return isLost ? route.abort() : route.continue();
  });
  await go('/packs/worn-boots');
  await page.getByLabel('Your woman').selectOption({ label: 'Maya Okafor, face (woman)' });
  await page.getByLabel('Your boots').selectOption({ label: 'Ankle boots, rust (boots)' });
  await page.getByRole('button', { name: 'Run the pack' }).click();
  await page.getByText('it is never paid for twice').waitFor();
  isLost = false;
  await go('/packs/worn-boots?workspace=679');
  await page.getByRole('button', { name: 'Run the pack' }).waitFor();
  expect(await page.getByLabel('Your woman').inputValue()).toBe('');
  expect(scopes).toEqual([undefined]);
  await go('/packs/worn-boots');
  await page.getByText('It is on its way').waitFor();
  expect(scopes).toEqual([undefined, undefined]);
});

test('a workspace has its own lists, and a new one can be made', async () => {
  const { page, go, asked, settled, complaints } = await studio.open();
  await go();
  await page.locator('.tile:not(.skeleton)').first().waitFor();
  const personal = await page.locator('.tile-link').first().getAttribute('href');
  await page.getByRole('combobox', { name: 'Workspace' }).selectOption('Studio North');
  await expect.poll(() => page.url()).toContain('workspace=679');
  await expect
    .poll(() => page.locator('.tile-link').first().getAttribute('href'))
    .not.toBe(personal);
  await page.locator('.tile-link').first().click();
  await page.getByText('Workspace', { exact: true }).waitFor();
  await expect.poll(() => page.locator('.facts').innerText()).toMatch(/Workspace\s+Studio North/);
  await page.reload();
  await expect.poll(() => page.locator('.facts').innerText()).toMatch(/Workspace\s+Studio North/);

  await go('/account');
  await page.getByLabel('New workspace').waitFor();
  await settled();
  asked();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByText(/New workspace can't be blank/).waitFor();
  await page.getByLabel('New workspace').fill('Spring campaign');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('link', { name: 'Spring campaign' }).click();
  await page.getByText('Nothing here yet').waitFor();
  expect(asked()).toEqual(['StudioAccount', 'StudioGallery', 'StudioWorkspace', 'StudioWorkspace']);
  expect(complaints).toEqual([]);
});

test('balance and budget follow what is spent', async () => {
  const { page, go, passUntil, complaints } = await studio.open();
  await go('/create');
  await page.getByText('$25.00 today').waitFor();
  await page.getByText('$483.50').waitFor();
  await page.getByText(/^\$0\.25$/).waitFor();
  await page.getByRole('textbox', { name: 'Text' }).fill('a boat');
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.getByText('$24.75 today').waitFor();
  await passUntil(expect.poll(() => page.locator('.jobs img').count()).toBe(1));
  await page.getByRole('link', { name: /^Balance/ }).click();
  await page.getByText('$24.75 left of $25.00').waitFor();
  await passUntil(
    page
      .getByText(/\$0\.25 spent, \$0\.00 reserved/)
      .first()
      .waitFor(),
  );
  expect(complaints).toEqual([]);
});
