import { expect, test } from 'vitest';
import { start } from './support.ts';

const VIDEO = 'https://videos.example/walk.mp4';
const [asked, another] = ['/videos/inspect/3100', '/videos/inspect/3101'];

test('a video is pending, then looked at, then described, or it fails', async () => {
  const { post, get, clock, account } = await start();
  account.addTune({ id: 7, title: 'Maya' });
  const nothing = { error: null, description: null };
  const begun = await post('/videos/inspect', { file_url: VIDEO, tune_ids: [7] });
  expect(begun.body).toEqual({ id: 3100, status: 'pending', ...nothing });
  await post('/videos/inspect', { file_url: 'https://videos.example/[fail].mp4' });
  clock.advance(2000);
  expect((await get(asked)).body).toEqual({ id: 3100, status: 'processing', ...nothing });
  clock.advance(6000);
  const description = 'A video of Maya, who walks along a street in daylight.';
  expect((await get(asked)).body).toMatchObject({ status: 'done', error: null, description });
  expect((await get(another)).body).toMatchObject({
    status: 'failed',
    error: 'The video could not be read',
    description: null,
  });
});

test('it is its own account’s', async () => {
  const { post, as } = await start();
  await post('/videos/inspect', { file_url: VIDEO });
  expect((await as('sd_other').get(asked)).status).toBe(404);
});

test.each([
  [{}, 'file_url'],
  [{ file_url: 'walk.mp4' }, 'file_url'],
  [{ blob_signed_id: 'eyJ--unknown' }, 'blob_signed_id'],
  [{ file_url: VIDEO, tune_ids: [99] }, 'tune_ids'],
])('%j is refused at %s', async (body, field) => {
  const { post } = await start();
  const { status, body: told } = await post('/videos/inspect', body);
  expect([status, Object.keys(told)]).toEqual([422, [field]]);
});
