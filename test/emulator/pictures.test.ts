import { crc32, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { PackBody, PromptBody, TuneBody } from '../../src/emulator/store.ts';
import { PHOTO, start } from './support.ts';

const GEMINI = 3_618_064;

/** Its size and its pixels, after every checksum was found to be right. */
function readPng(png: Buffer) {
  expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.subarray(0, 4).toString(), body.subarray(4));
    at += 12 + length;
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
  const header = chunks.get('IHDR') ?? Buffer.alloc(0);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  const stride = 3 * width + 1;
  expect(rows).toHaveLength(stride * height);
  // Each byte is told as its difference from the one above.
  const pixels = Buffer.alloc(3 * width * height);
  for (let y = 0; y < height; y++) {
    expect(rows[y * stride]).toBe(2);
    for (let x = 0; x < 3 * width; x++) {
      const above = y === 0 ? 0 : (pixels[(y - 1) * 3 * width + x] ?? 0);
      pixels[y * 3 * width + x] = (rows[y * stride + 1 + x] ?? 0) + above;
    }
  }
  return { width, height, pixels };
}

/** Without a key, as a browser asks for it. */
async function download(url: string) {
  const response = await fetch(url);
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, type: response.headers.get('content-type'), bytes };
}

async function startWithPrompt(fields: object) {
  const started = await start();
  const { body } = await started.post(`/tunes/${GEMINI}/prompts`, { prompt: fields });
  started.clock.advance(60_000);
  const done = (await started.get<PromptBody>(`/prompts/${body.id}`)).body;
  return { ...started, id: done.id, images: (done.images ?? []).map(String) };
}

test('every image of a prompt is a real picture, in the proportions it was asked for in', async () => {
  const fields = { text: 'a sofa', aspect_ratio: '16:9', num_images: 2 };
  const { images } = await startWithPrompt(fields);
  const [one, two] = await Promise.all(images.map(download));
  expect([one?.status, one?.type]).toEqual([200, 'image/png']);
  const { width, height } = readPng(one?.bytes ?? Buffer.alloc(0));
  expect([width, height]).toEqual([640, 360]);
  expect(two?.bytes.equals(one?.bytes ?? Buffer.alloc(0))).toBe(false);
});

test('proportions that are none make a square', async () => {
  const { account } = await start();
  const { id } = account.addPrompt({ id: 9, aspect_ratio: 'adaptive', tune_id: GEMINI });
  const [image] = account.prompt(id)?.images ?? [];
  const { width, height } = readPng((await download(String(image))).bytes);
  expect([width, height]).toEqual([640, 640]);
});

test('a picture is the same every time, and another for another text', async () => {
  const { images, account, id } = await startWithPrompt({ text: 'a sofa' });
  const first = await download(images[0] ?? '');
  expect((await download(images[0] ?? '')).bytes).toEqual(first.bytes);
  account.updatePrompt(id, { text: 'a chair' });
  expect((await download(images[0] ?? '')).bytes).not.toEqual(first.bytes);
});

/** The mean of each channel. */
function meanOf(pixels: Buffer) {
  const sums = [0, 0, 0];
  for (const [index, value] of pixels.entries()) sums[index % 3] = (sums[index % 3] ?? 0) + value;
  return sums.map((sum) => (3 * sum) / pixels.length) as [number, number, number];
}

test('colours, light and place are those of the text', async () => {
  const { account } = await start();
  const meanFor = async (text: string) => {
    const { id } = account.addPrompt({ text, tune_id: GEMINI });
    const [image] = account.prompt(id)?.images ?? [];
    return meanOf(readPng((await download(String(image))).bytes).pixels);
  };
  const [night, snow] = await Promise.all([meanFor('a club at night'), meanFor('fresh snow')]);
  expect(Math.max(...night)).toBeLessThan(Math.min(...snow) - 40);
  const [dunes, sea] = await Promise.all([
    meanFor('dunes in late sun'),
    meanFor('the sea on a clear summer day'),
  ]);
  expect(dunes[0]).toBeGreaterThan(dunes[2] + 20);
  expect(sea[2]).toBeGreaterThan(dunes[2] + 20);
});

/** How many pixels have much more of one channel than of the others. */
function countVivid(pixels: Buffer, channel: number) {
  let count = 0;
  for (let at = 0; at < pixels.length; at += 3) {
    const own = pixels[at + channel] ?? 0;
    const others = [0, 1, 2].filter((other) => other !== channel);
    if (others.every((other) => own > 1.25 * (pixels[at + other] ?? 0))) count += 1;
  }
  return count;
}

test('a thing has the colour that the text names', async () => {
  const { account } = await start();
  const pixels = await Promise.all(
    ['red', 'green', 'blue'].map(async (name) => {
      const text = `a ${name} bag in a studio, overcast sky`;
      const { id } = account.addPrompt({ text, tune_id: GEMINI });
      const [image] = account.prompt(id)?.images ?? [];
      return readPng((await download(String(image))).bytes).pixels;
    }),
  );
  const counts = pixels.map((own) => [0, 1, 2].map((channel) => countVivid(own, channel)));
  for (const [channel, own] of counts.entries()) {
    expect(own[channel]).toBeGreaterThan(10_000);
    expect(own.indexOf(Math.max(...own))).toBe(channel);
  }
});

test('there is nothing to see before it is done, or after it was deleted', async () => {
  const { post, remove, clock, emulator } = await start();
  const { body } = await post(`/tunes/${GEMINI}/prompts`, { prompt: { text: 'a sofa' } });
  const url = `${emulator.url}/images/prompts/${body.id}/1.png`;
  expect((await download(url)).status).toBe(404);
  clock.advance(60_000);
  expect((await download(url)).status).toBe(200);
  expect((await download(url.replace('1.png', '2.png'))).status).toBe(404);
  await remove(`/prompts/${body.id}`);
  expect((await download(url)).status).toBe(404);
});

test('a film is an MP4 by its name, its type and its first bytes', async () => {
  const film = { text: 'a pier', video_model: 'kling30_pro', video_prompt: 'pan' };
  const { images } = await startWithPrompt(film);
  const [frame, clip] = await Promise.all(images.map(download));
  expect([frame?.type, clip?.type]).toEqual(['image/png', 'video/mp4']);
  expect(clip?.bytes.subarray(4, 12).toString()).toBe('ftypisom');
});

test('photos, covers and weights are there too', async () => {
  const { post, get, account, emulator, clock } = await start();
  const { body: tune } = await post<TuneBody>('/tunes', {
    tune: { title: 'Maya', name: 'woman', image_urls: [PHOTO] },
  });
  clock.advance(60_000);
  const { ckpt_url } = (await get<TuneBody>(`/tunes/${tune.id}`)).body;
  account.addPack({ id: 9 });
  const { cover_url } = (await get<PackBody>('/p/9')).body;
  readPng((await download(tune.orig_images?.[0] ?? '')).bytes);
  readPng((await download(cover_url ?? '')).bytes);
  expect(await download(ckpt_url ?? '')).toMatchObject({
    status: 200,
    type: 'application/octet-stream',
  });
  for (const path of ['/images/', '/images/uploads/x.gif', '/images/prompts/1/../../x']) {
    expect((await download(emulator.url + path)).status).toBe(404);
  }
});
