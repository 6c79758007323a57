/** What some answers of Astria's hold in another form than most. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const attachment = (url: unknown) => ({ id: 1, url });

test('an address in a list may stand in an object, whatever is listed', async () => {
  const { run, account, emulator, drift } = await startGateway();
  account.addPrompt({ id: 5, tune_id: 6, content_types: ['image/png', 'image/png', 'video/mp4'] });
  account.addTune({ id: 6 });
  account.addPack({ id: 7 });
  const [one, two] = ['https://a.example/1', 'https://a.example/2'];
  const listed = [attachment(one), two];
  emulator.fail({
    path: '/prompts/5',
    patch: { images: [attachment(one), attachment('?'), two], image_references: listed },
  });
  emulator.fail({ path: '/tunes/6', patch: { orig_images: listed, ckpt_urls: listed } });
  emulator.fail({
    path: '/p/7',
    patch: { prompts_per_class: { man: [{ id: 5, images: listed }] } },
  });
  const { data, errors } = await run(`{
    prompt(id: 5) { status images { url contentType } imageReferences }
    tune(id: 6) { origImages ckptUrls }
    pack(id: 7) { templates { images } }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    prompt: {
      status: 'SUCCEEDED',
      images: [
        { url: one, contentType: 'image/png' },
        { url: two, contentType: 'video/mp4' },
      ],
      imageReferences: [one, two],
    },
    tune: { origImages: [one, two], ckptUrls: [one, two] },
    pack: { templates: [{ images: [one, two] }] },
  });
  expect(drift().map(({ field }) => field)).toEqual(['images']);
});

const over = { started_training_at: '2026-10-31T12:00:00.000Z', images: [] };

test.each([
  [
    { ...over, error: 'NSFW' },
    { status: 'FAILED', userError: 'NSFW' },
  ],
  [
    { ...over, error: 'NSFW', trained_at: null },
    { status: 'FAILED', userError: 'NSFW' },
  ],
  [
    { ...over, error: 'inside', user_error: 'told' },
    { status: 'FAILED', userError: 'told' },
  ],
  [
    { ...over, error: 'NSFW', user_error: '' },
    { status: 'FAILED', userError: 'NSFW' },
  ],
  [
    { ...over, error: '' },
    { status: 'FAILED', userError: null },
  ],
  [
    { error: 'one of two failed', images: ['https://a.example/1'] },
    { status: 'SUCCEEDED', userError: null },
  ],
])('a prompt that fails with %j says why', async (fields, told) => {
  const { run, account, emulator, drift } = await startGateway();
  account.addPrompt({ id: 5 });
  emulator.fail({ patch: fields });
  const { data } = await run('{ prompt(id: 5) { status userError } }');
  expect(data).toEqual({ prompt: told });
  expect(drift()).toEqual([]);
});
