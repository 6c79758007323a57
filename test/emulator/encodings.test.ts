import { expect, test } from 'vitest';
import type { PromptBody, TuneBody } from '../../src/emulator/store.ts';
import { idsOf, start } from './support.ts';

const PHOTOS = ['https://photos.example/1.jpg', 'https://photos.example/2.jpg'];
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1]);

const FIELDS: [string, string][] = [
  ['tune[title]', 'Maya'],
  ['tune[name]', 'woman'],
  ['tune[model_type]', 'lora'],
  ['tune[base_tune_id]', '1504944'],
  ['tune[steps]', '300'],
  ['tune[face_crop]', 'true'],
  ['tune[characteristics][eye_color]', 'green'],
  ['tune[prompts_attributes][][text]', 'ohwx woman, one'],
  ['tune[prompts_attributes][][num_images]', '2'],
  ['tune[prompts_attributes][][text]', 'ohwx woman, two'],
  ['tune[image_urls][]', PHOTOS[0] ?? ''],
  ['tune[image_urls][]', PHOTOS[1] ?? ''],
];

const JSON_BODY = {
  tune: {
    title: 'Maya',
    name: 'woman',
    model_type: 'lora',
    base_tune_id: 1504944,
    steps: 300,
    face_crop: true,
    characteristics: { eye_color: 'green' },
    prompts_attributes: [{ text: 'ohwx woman, one', num_images: 2 }, { text: 'ohwx woman, two' }],
    image_urls: PHOTOS,
  },
};

function multipart(fields: [string, string | Blob][]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

async function made(body: object) {
  const { post, get } = await start({ publicUrl: 'https://api.astria.ai' });
  const { status, body: tune } = await post<TuneBody>('/tunes', body);
  const { body: prompts } = await get<PromptBody[]>(`/tunes/${tune.id}/prompts`);
  return { status, tune, prompts };
}

test.each([
  ['JSON', JSON_BODY],
  ['urlencoded', new URLSearchParams(FIELDS)],
  ['multipart', multipart(FIELDS)],
])('%s says it all', async (_, body) => {
  const { status, tune, prompts } = await made(body);
  expect(status).toBe(201);
  expect(tune).toMatchObject({
    id: 5_300_000,
    title: 'Maya',
    name: 'woman',
    token: 'ohwx',
    model_type: 'lora',
    branch: 'flux1',
    base_tune_id: 1504944,
    steps: 300,
    face_crop: true,
    characteristics: { eye_color: 'green' },
    is_api: true,
    trained_at: null,
    orig_images: [
      expect.stringMatching(/^https:\/\/api\.astria\.ai\/images\/uploads\/\w+\.png$/),
      expect.stringMatching(/^https:\/\/api\.astria\.ai\/images\/uploads\/\w+\.png$/),
    ],
  });
  expect(prompts.map(({ text, num_images }) => [text, num_images])).toEqual([
    ['<lora:5300000:1.0>ohwx woman, two', 1],
    ['<lora:5300000:1.0>ohwx woman, one', 2],
  ]);
});

test('the three encodings make the same tune', async () => {
  const [json, urlencoded, form] = await Promise.all([
    made(JSON_BODY),
    made(new URLSearchParams(FIELDS)),
    made(multipart(FIELDS)),
  ]);
  expect(urlencoded).toEqual(json);
  expect(form).toEqual(json);
});

test('photos may be files', async () => {
  const { post, emulator } = await start();
  const file = new File([JPEG], 'maya.jpg', { type: 'image/jpeg' });
  const { status, body } = await post<TuneBody>(
    '/tunes',
    multipart([
      ['tune[title]', 'Maya'],
      ['tune[images][]', file],
      ['tune[images][]', new File([JPEG, JPEG], 'maya-2.jpg')],
    ]),
  );
  expect(status).toBe(201);
  expect(body.orig_images).toHaveLength(2);
  expect(emulator.requests[0]?.body).toEqual({
    tune: {
      title: 'Maya',
      images: [
        { filename: 'maya.jpg', type: 'image/jpeg', size: 12 },
        { filename: 'maya-2.jpg', type: 'application/octet-stream', size: 24 },
      ],
    },
  });
});

test('a file that is no picture is refused', async () => {
  const { post } = await start();
  const text = new File(['hello there, reader'], 'maya.jpg', { type: 'image/jpeg' });
  const answer = await post(
    '/tunes',
    multipart([
      ['tune[title]', 'Maya'],
      ['tune[images][]', text],
    ]),
  );
  expect(answer).toMatchObject({ status: 422, body: { images: ['must be an image'] } });
});

test('an object in a form may be written as JSON', async () => {
  const { tune } = await made(
    multipart([
      ['tune[title]', 'Maya'],
      ['tune[image_urls][]', PHOTOS[0] ?? ''],
      ['tune[characteristics]', '{"eye_color":"green","is_bald":false}'],
    ]),
  );
  expect(tune.characteristics).toEqual({ eye_color: 'green', is_bald: false });
});

test('a body that is not what its type says is a bad request', async () => {
  const { emulator } = await start();
  const response = await fetch(`${emulator.url}/tunes`, {
    method: 'POST',
    headers: { authorization: 'Bearer sd_test', 'content-type': 'application/json' },
    body: '{"tune":',
  });
  expect([response.status, await response.json()]).toEqual([
    400,
    { status: 400, error: 'Bad Request' },
  ]);
});

test('ids in a list are read in every form', async () => {
  const { get, account } = await start();
  account.addTune({ id: 1, name: 'man' });
  account.addTune({ id: 2, name: 'woman' });
  account.addTune({ id: 3, name: 'dog' });
  const { body } = await get<TuneBody[]>('/tunes?name[]=man&name%5B%5D=dog');
  expect(idsOf(body)).toEqual([3, 1]);
});
