/** The gallery, a picture in full, and likes. */
import { expect, test } from 'vitest';
import { tilesOf, useBrowser } from './studio.ts';

const studio = useBrowser();

test('tiles do not move when pictures arrive, and each page of the gallery is read once, without a repeated row', async () => {
  const { page, go, asked, complaints, requests } = await studio.open();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/images/**', async (route) => {
    await held;
    await route.continue();
  });
  await go();
  const tiles = page.locator('.tile:not(.skeleton)');
  await expect.poll(() => tiles.count()).toBeGreaterThanOrEqual(24);
  const boxesOf = () =>
    tiles.evaluateAll((all) =>
      all.slice(0, 24).map((tile) => {
        const { x, y, width, height } = tile.getBoundingClientRect();
        return [x, y, width, height].map(Math.round);
      }),
    );
  const before = await boxesOf();
  release();
  await page.waitForFunction(() =>
    [...document.images].some(({ naturalWidth }) => naturalWidth > 0),
  );
  expect(await boxesOf()).toEqual(before);

  for (const wanted of [48, 72, 96]) {
    await page.mouse.wheel(0, 20_000);
    await expect.poll(() => tiles.count()).toBeGreaterThanOrEqual(wanted);
  }
  const all = await tilesOf(page);
  expect(new Set(all).size).toBe(all.length);
  const pages = all.length / 24;
  const operations = asked();
  expect(operations.filter((name) => name === 'StudioGallery')).toHaveLength(pages);
  expect(operations.filter((name) => name !== 'StudioGallery')).toEqual(['StudioAccount']);
  // No prompt is read by itself from Astria: a page of the gallery is a page of prompts.
  expect(requests().filter((request) => /prompts\/\d/.test(request))).toEqual([]);
  expect(complaints).toEqual([]);
});

test('a page that could not be read is requested again by the button only', async () => {
  const { page, go } = await studio.open();
  let isBusy = true;
  let refused = 0;
  await page.route('**/graphql', (route) => {
    if (!isBusy || !route.request().postData()?.includes('"after":"')) return route.continue();
    refused++;
    const errors = [{ message: 'Busy.', extensions: { code: 'OVERLOADED' } }];
    return route.fulfill({ json: { errors, data: { prompts: null } } });
  });
  await go();
  const tiles = page.locator('.tile:not(.skeleton)');
  await expect.poll(() => tiles.count()).toBe(24);
  await page.mouse.wheel(0, 20_000);
  await expect.poll(() => refused).toBe(1);
  await page.waitForTimeout(1500);
  expect(refused).toBe(1);
  isBusy = false;
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect.poll(() => tiles.count()).toBeGreaterThanOrEqual(48);
});

test('filters are in the address, so going back and a reload keep them', async () => {
  const { page, go, settled, complaints } = await studio.open();
  await go();
  await page.getByRole('button', { name: 'Videos' }).click();
  await expect.poll(() => page.url()).toContain('kind=videos');
  const badges = page.locator('.tile-badge').getByText('Video');
  await expect.poll(() => badges.count()).toBeGreaterThan(5);
  const videos = await tilesOf(page);
  await page.getByRole('searchbox', { name: 'Search texts' }).fill('pebble beach');
  await expect.poll(() => page.url()).toContain('text=');
  await expect.poll(async () => (await tilesOf(page)).length).toBeLessThan(videos.length);
  await settled();
  const found = await tilesOf(page);
  const texts = await page.locator('.tile-text').allTextContents();
  expect(texts.every((text) => text.includes('pebble beach'))).toBe(true);
  await page.reload();
  await expect.poll(() => tilesOf(page)).toEqual(found);
  await page.getByRole('searchbox', { name: 'Search texts' }).fill('nothing is called this');
  await page.getByText('Nothing matches').waitFor();
  await page.getByRole('link', { name: 'Show everything' }).click();
  await page.goBack();
  await page.getByText('Nothing matches').waitFor();
  expect(complaints).toEqual([]);
});

test('a picture in full has its text, references, model, cost and seed, and going back restores the scroll position of the gallery', async () => {
  const { page, go, asked, settled, complaints } = await studio.open();
  await go();
  await page.locator('.tile:not(.skeleton)').first().waitFor();
  await page.mouse.wheel(0, 1400);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(1000);
  const tile = page.locator('.tile').filter({ hasText: 'man wearing' }).nth(1);
  await settled();
  await tile.scrollIntoViewIfNeeded();
  await settled();
  const place = await page.evaluate(() => scrollY);
  const known = await tilesOf(page);
  asked();
  await tile.locator('.tile-link').click();
  await page.locator('.used li').first().waitFor();
  const facts = (await page.locator('.facts').innerText()).replaceAll('\n', ' ');
  expect(facts).toMatch(/Model Nano Banana Pro Cost \$0\.\d+ Seed (Random|\d+) Size \d+ × \d+/);
  expect(await page.locator('.sent').innerText()).toContain('<faceid:');
  expect(asked()).toEqual(['StudioPicture']);
  await page.goBack();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(place);
  expect(await tilesOf(page)).toEqual(known);
  expect(asked()).toEqual([]);
  // Another page begins at its top, however far down the gallery was.
  await page.getByRole('link', { name: 'References', exact: true }).click();
  await page.locator('.card h2').first().waitFor();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  expect(complaints).toEqual([]);
});

test('a like shows at once, and is taken back if Astria refuses it', async () => {
  const { page, go, emulator, asked, account } = await studio.open();
  await go('/pictures/45042317');
  const like = page.locator('.picture-actions .like');
  await like.waitFor();
  const wasLiked = (await like.getAttribute('aria-pressed')) === 'true';
  asked();
  emulator.fail({ method: wasLiked ? 'DELETE' : 'POST', path: '/likes', latencyMs: 1500 });
  await like.click();
  expect(await like.getAttribute('aria-pressed')).toBe(String(!wasLiked));
  await page.waitForLoadState('networkidle');
  await expect.poll(() => account.prompt(45_042_317)?.liked).toBe(!wasLiked);
  expect(await like.getAttribute('aria-pressed')).toBe(String(!wasLiked));
  expect(asked()).toEqual([wasLiked ? 'StudioUnlike' : 'StudioLike']);

  emulator.clearFaults();
  emulator.fail({ path: '/likes', status: 500, times: 9 });
  await like.click();
  await expect.poll(() => like.getAttribute('aria-pressed')).toBe(String(!wasLiked));
  expect(account.prompt(45_042_317)?.liked).toBe(!wasLiked);
});
