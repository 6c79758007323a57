/** The list of prices, and how it is read. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { durationOf, videoCentsOf } from '../../src/emulator/video-models.ts';
import { publishedPrice } from '../../src/prices/published.ts';

const fileAt = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const published = fileAt('test/samples/video-prices.json');
const models: [string, { cents: number; durations: string }][] = Object.entries(published.models);

test('the list is as it was published', () => {
  expect(fileAt('src/prices/video-prices.json')).toEqual(published);
});

const shortestOf = (durations: string) => Number.parseInt(durations, 10);

test.each(models)('%s costs at the emulator what is published', (name, { cents, durations }) => {
  const shortest = shortestOf(durations);
  expect(videoCentsOf(name, shortest)).toBe(cents);
  expect(videoCentsOf(name, 2 * shortest)).toBe(2 * cents);
  expect(durationOf(name)).toBeGreaterThanOrEqual(shortest);
});

test.each(models)('%s is in the span in both readings of the list', (model, listed) => {
  const seconds = 10;
  const { span } = publishedPrice({ model, seconds, hasAudio: false }) ?? {};
  const readings = [shortestOf(listed.durations), 5].map((base) => (listed.cents * seconds) / base);
  const isUsual = shortestOf(listed.durations) < 5;
  expect(span?.low).toBeLessThanOrEqual(1000 * Math.min(...(isUsual ? readings : [1e9])));
  expect(span?.likely).toBe(Math.round(1000 * (readings[0] as number)));
  expect(span?.high).toBeGreaterThanOrEqual(1000 * (readings[0] as number));
});

const span = (model: string, seconds?: number, hasAudio = false) =>
  publishedPrice({ model, seconds, hasAudio })?.span;

test('without a duration it may be any that the model takes', () => {
  expect(span('seedance2_fast_720p')).toEqual({ low: 88_000, likely: 110_000, high: 433_125 });
  expect(span('kling25')).toEqual({ low: 39_000, likely: 39_000, high: 81_900 });
});

test('with a sound it may be the model that the list has for that', () => {
  expect(span('kling30_pro', 5)?.high).toBe(215_250);
  expect(span('kling30_pro', 5, true)).toMatchObject({ likely: 308_333, high: 323_751 });
  expect(span('veo31_fast_720p', 4, true)).toMatchObject({ likely: 126_000, high: 132_300 });
  expect(span('seedance2_720p', 4, true)).toEqual(span('seedance2_720p', 4));
});

test('the names of an object are no models', () => {
  expect(publishedPrice({ model: 'constructor', seconds: 5, hasAudio: true })).toBeUndefined();
});
