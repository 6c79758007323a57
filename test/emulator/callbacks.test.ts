import { expect, test, vi } from 'vitest';
import type { TuneBody } from '../../src/emulator/store.ts';
import { idsOf, PHOTO, start, startReceiver } from './support.ts';

const GEMINI = 3_618_064;
const MINUTE = 60_000;

test('a prompt that is done is told with ten fields, to the address as it was given', async () => {
  const { post, clock, account } = await start({ publicUrl: 'https://api.astria.ai' });
  const { url, received } = await startReceiver();
  account.addTune({ id: 7, model_type: 'lora', name: 'man' });
  const callback = `${url}/done?secret=s3cr3t`;
  const { body } = await post('/tunes/7/prompts', { prompt: { text: 'ohwx man', callback } });
  clock.advance(MINUTE);
  await vi.waitFor(() => expect(received).toHaveLength(1));
  expect(received[0]).toEqual({
    path: '/done?secret=s3cr3t',
    type: 'application/json',
    body: {
      prompt: {
        id: body.id,
        text: '<lora:7:1.0>ohwx man',
        steps: null,
        images: [`https://api.astria.ai/images/prompts/${body.id}/1.png`],
        tune_id: 1504944,
        created_at: '2026-11-01T12:00:00.000Z',
        trained_at: '2026-11-01T12:00:08.000Z',
        updated_at: '2026-11-01T12:00:08.000Z',
        negative_prompt: '',
        started_training_at: '2026-11-01T12:00:02.000Z',
      },
    },
  });
});

test('nothing is told before it is done', async () => {
  const { post, clock } = await start();
  const { url, received } = await startReceiver();
  const late = { text: 'a', callback: `${url}/late` };
  await post(`/tunes/${GEMINI}/prompts`, { prompt: late });
  clock.advance(4000);
  await post(`/tunes/${GEMINI}/prompts`, { prompt: { ...late, callback: `${url}/later` } });
  clock.advance(4000);
  await vi.waitFor(() => expect(received).not.toHaveLength(0));
  expect(received.map(({ path }) => path)).toEqual(['/late']);
});

test('a tune that is trained is told with nine fields', async () => {
  const { post, clock } = await start();
  const { url, received } = await startReceiver();
  const { body } = await post<TuneBody>('/tunes', {
    tune: { title: 'John', name: 'man', model_type: 'lora', image_urls: [PHOTO], callback: url },
  });
  clock.advance(MINUTE);
  await vi.waitFor(() => expect(received).toHaveLength(1));
  expect(received[0]?.body).toEqual({
    tune: {
      id: body.id,
      title: 'John',
      name: 'man',
      steps: null,
      trained_at: '2026-11-01T12:00:55.000Z',
      started_training_at: '2026-11-01T12:00:05.000Z',
      created_at: '2026-11-01T12:00:00.000Z',
      updated_at: '2026-11-01T12:00:55.000Z',
      expires_at: '2026-12-01T12:00:55.000Z',
    },
  });
});

test('the prompts of a run are told once, as a bare array, when the last is done', async () => {
  const { post, clock, account } = await start();
  const { url, received } = await startReceiver();
  account.addTune({ id: 7, model_type: 'lora', name: 'man' });
  account.addPack({ id: 9 });
  for (const id of [1, 2]) {
    account.addPrompt({ id, pack_id: 9, text: `<lora:7:1>ohwx man ${id}` });
  }
  const tune = { tune_ids: [7], prompts_callback: `${url}/all` };
  await post('/p/9/tunes', { tune });
  clock.advance(MINUTE);
  await vi.waitFor(() => expect(received).toHaveLength(1));
  const prompts = received[0]?.body as { text: string; trained_at: string }[];
  expect(prompts.map(({ text }) => text).sort()).toEqual([
    '<lora:7:1>ohwx man 1',
    '<lora:7:1>ohwx man 2',
  ]);
  expect(prompts[0]?.trained_at).toBe('2026-11-01T12:00:08.000Z');
});

test('a failure is told without its reason', async () => {
  const { post, clock } = await start();
  const { url, received } = await startReceiver();
  await post(`/tunes/${GEMINI}/prompts`, { prompt: { text: 'a [fail]', callback: url } });
  clock.advance(MINUTE);
  await vi.waitFor(() => expect(received).toHaveLength(1));
  expect(received[0]?.body).toMatchObject({ prompt: { images: [] } });
  expect(JSON.stringify(received[0]?.body)).not.toContain('user_error');
});

test.each([500, 302])('a callback that is answered with %i is not sent again', async (status) => {
  const { post, clock } = await start();
  const { url, received } = await startReceiver(status);
  for (const path of ['/first', '/second']) {
    const prompt = { text: 'a sofa', callback: url + path };
    await post(`/tunes/${GEMINI}/prompts`, { prompt });
    clock.advance(24 * 60 * MINUTE);
    await vi.waitFor(() => expect(received.at(-1)?.path).toBe(path));
  }
  expect(received.map(({ path }) => path)).toEqual(['/first', '/second']);
});

test('what was deleted meanwhile is not told', async () => {
  const { post, remove, clock } = await start();
  const { url, received } = await startReceiver();
  const made = [];
  for (const path of ['/deleted', '/kept']) {
    const prompt = { text: 'a sofa', callback: url + path };
    made.push((await post(`/tunes/${GEMINI}/prompts`, { prompt })).body);
  }
  await remove(`/prompts/${idsOf(made)[0]}`);
  clock.advance(MINUTE);
  await vi.waitFor(() => expect(received).not.toHaveLength(0));
  expect(received.map(({ path }) => path)).toEqual(['/kept']);
});

test('the content type is as unsure as it is with Astria', async () => {
  const { post, clock, emulator } = await start();
  const { url, received } = await startReceiver();
  emulator.unknowns.callbackContentType = 'text/plain';
  await post(`/tunes/${GEMINI}/prompts`, { prompt: { text: 'a sofa', callback: url } });
  clock.advance(MINUTE);
  await vi.waitFor(() => expect(received).toHaveLength(1));
  expect(received[0]?.type).toBe('text/plain');
});

test('nobody else is called unless the emulator is told that it may', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch');
  const stranger = 'https://stranger.invalid/done';
  for (const allowRemoteCallbacks of [false, true]) {
    const { post, clock } = await start({ allowRemoteCallbacks });
    await post(`/tunes/${GEMINI}/prompts`, { prompt: { text: 'a', callback: stranger } });
    fetched.mockClear();
    clock.advance(MINUTE);
    expect(fetched.mock.calls.map(([url]) => url)).toEqual(allowRemoteCallbacks ? [stranger] : []);
  }
  fetched.mockRestore();
});

/** Three prompts that are done one second after another, each told to an address of its own. */
async function startThree() {
  const { post, clock, emulator } = await start();
  const { url, received } = await startReceiver();
  for (const path of ['/1', '/2', '/3']) {
    await post(`/tunes/${GEMINI}/prompts`, { prompt: { text: 'a sofa', callback: url + path } });
    clock.advance(1000);
  }
  return { clock, emulator, paths: () => received.map(({ path }) => path), received, url };
}

test('callbacks are lost, doubled and late on demand, each as often as it was asked for', async () => {
  const { clock, emulator, paths } = await startThree();
  emulator.failCallback({ url: '/1', copies: 0 });
  emulator.failCallback({ url: '/2', delayMs: 5000, copies: 2 });
  clock.advance(10_000);
  await vi.waitFor(() => expect(paths()).toEqual(['/3']));
  clock.advance(5000);
  // After the third, which was done later.
  await vi.waitFor(() => expect(paths()).toEqual(['/3', '/2', '/2']));
});

test('one has another content type where it is told so, over HTTP too', async () => {
  const { clock, emulator, received } = await startThree();
  const address = `${emulator.url}/emulator/callback-faults`;
  const arm = (fault: object) => fetch(address, { method: 'POST', body: JSON.stringify(fault) });
  expect((await arm({ contentType: 'text/html', url: '/1' })).status).toBe(201);
  const misspelt = await arm({ contenttype: 'text/html' });
  expect(await misspelt.json()).toEqual({
    error: 'A fault has no "contenttype"; it has url, times, copies, delayMs, contentType',
  });
  expect(await (await fetch(address)).json()).toEqual([
    { contentType: 'text/html', url: '/1', times: 1 },
  ]);
  clock.advance(MINUTE);
  await vi.waitFor(() => expect(received).toHaveLength(3));
  const types = received.map(({ path, type }) => `${path} ${type}`).sort();
  expect(types).toEqual(['/1 text/html', '/2 application/json', '/3 application/json']);
  expect(await (await fetch(address)).json()).toEqual([]);
  expect((await fetch(address, { method: 'DELETE' })).status).toBe(204);
});
