/** What holds for every page: no serious accessibility fault, no layout shift, a fast first picture, no overflow, keyboard use. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from './studio.ts';

const studio = useBrowser();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The paths of the pages, and what is on each once it has loaded. */
const PAGES: readonly (readonly [string, string])[] = [
  ['/', '.tile:not(.skeleton)'],
  ['/pictures/45042317', '.used li'],
  ['/create', '.price strong'],
  ['/references', '.card h2, .card h3'],
  ['/packs', '.card h2, .card h3'],
  ['/packs/worn-boots', '.prices td'],
  ['/account', '.budget'],
  ['/no-such-page', '.empty'],
];

async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${location.pathname} ${id} ${target}`),
      );
  });
}

test.each([
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
  ['dark', 768],
] as const)(
  'no page has a serious accessibility fault or is too wide: %s, %i px',
  async (colorScheme, width) => {
    const { page, go, complaints } = await studio.open({
      browser: { colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' },
    });
    const faults: string[] = [];
    for (const [path, sign] of PAGES) {
      await go(path);
      await page.locator(sign).first().waitFor();
      faults.push(...(await faultsOf(page)));
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflow > 0) faults.push(`${path} is ${overflow} px too wide`);
    }
    expect(faults).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

/** Returns the largest contentful paint and the layout shift that the browser measures. */
async function measure(page: Page, load: () => Promise<unknown>) {
  await page.addInitScript(() => {
    const seen = { paintMs: 0, shift: 0 };
    (window as unknown as { seen: typeof seen }).seen = seen;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.paintMs = entry.startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        seen.shift += (entry as PerformanceEntry & { value: number }).value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await load();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('img')].slice(0, 6).every(({ complete }) => complete),
  );
  await page.waitForTimeout(1000);
  return page.evaluate(
    () => (window as unknown as { seen: { paintMs: number; shift: number } }).seen,
  );
}

/** The best of three: what else the machine does can only make it slower. */
const TRIES = 3;

test('the first picture is there within 1.5 s, and nothing jumps', async () => {
  const { page, go } = await studio.open();
  const bad: object[] = [];
  for (const [path, sign] of PAGES.slice(0, 7)) {
    const tries: { paintMs: number; shift: number }[] = [];
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const load = () => go(path).then(() => page.locator(sign).first().waitFor());
      tries.push(await measure(page, load));
      if ((tries.at(-1)?.paintMs ?? 0) < 1500) break;
    }
    const paintMs = Math.round(Math.min(...tries.map((found) => found.paintMs)));
    const shift = Math.max(...tries.map((found) => found.shift));
    if (paintMs === 0 || paintMs >= 1500 || shift >= 0.05) bad.push({ path, paintMs, shift });
  }
  expect(bad).toEqual([]);
});

test('the keyboard leads to the content, into a picture, and out of a dialog', async () => {
  const { page, go } = await studio.open();
  await go();
  await page.locator('.tile:not(.skeleton)').first().waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
    'Skip to the content',
  );
  await page.keyboard.press('Enter');
  await page.locator('.tile-link').nth(5).focus();
  await page.keyboard.press('Enter');
  await page.locator('.facts').waitFor();
  // The next Tab leads into the new page, not through the header again.
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Gallery');
  await page.keyboard.press('Enter');
  await page.locator('.grid').waitFor();

  await go('/create');
  const add = page.getByRole('button', { name: 'Add a reference' });
  await add.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await add.evaluate((button) => button === document.activeElement)).toBe(true);
});
