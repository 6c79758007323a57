/** Uploads over a socket: what reaches Astria. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { END, file, PNG, PREFLIGHT, part, post, text } from '../support/multipart.ts';
import {
  CREATE_PROMPT,
  CREATE_TUNE,
  CREATED,
  FLUX,
  startBeforeSink,
  tuneOf,
} from '../support/uploads.ts';

test('photos reach Astria under its names, in order, each as it was', async () => {
  const gateway = await startGateway();
  const url = gateway.url;
  const form = new FormData();
  const input = {
    title: 'Ines',
    name: 'woman',
    baseTuneId: FLUX,
    steps: 300,
    faceCrop: true,
    characteristics: { eye_color: 'brown' },
    imageUrls: ['https://a.example/1.jpg'],
    images: [{ file: null }, { url: 'https://a.example/2.jpg' }, { file: null }],
    promptsAttributes: [{ text: 'one', numImages: 2 }, { text: 'two' }],
  };
  form.set('operations', JSON.stringify({ query: CREATE_TUNE, variables: { input } }));
  form.set(
    'map',
    JSON.stringify({ a: ['variables.input.images.0.file'], b: ['variables.input.images.2.file'] }),
  );
  form.set('a', new File([PNG, Buffer.alloc(200_000)], 'Inès "1".png', { type: 'image/png' }));
  form.set('b', new File([PNG], 'b.JPG'));
  const response = await fetch(url, { method: 'POST', headers: { ...PREFLIGHT }, body: form });
  expect(await response.json()).toEqual({ data: CREATED.data });
  expect(gateway.emulator.requests[0]).toMatchObject({
    method: 'POST',
    path: '/tunes',
    headers: { authorization: 'Bearer sd_test', 'transfer-encoding': 'chunked' },
    body: {
      tune: {
        title: 'Ines',
        name: 'woman',
        base_tune_id: String(FLUX),
        steps: '300',
        face_crop: 'true',
        characteristics: { eye_color: 'brown' },
        image_urls: ['https://a.example/1.jpg', 'https://a.example/2.jpg'],
        prompts_attributes: [{ text: 'one', num_images: '2' }, { text: 'two' }],
        images: [
          { filename: 'Inès "1".png', type: 'image/png', size: 200_000 + PNG.length },
          // A browser has no type for some files: the name tells it.
          { filename: 'b.JPG', type: 'image/jpeg', size: PNG.length },
        ],
      },
    },
  });
});

test('the body that Astria gets, byte for byte', async () => {
  const { url, seen } = await startBeforeSink();
  const content = Buffer.from('\r\n--not the end\r\n\u0000\u00ff', 'latin1');
  await post(url, [
    ...tuneOf(1, { characteristics: { age: 31, tags: ['a'] }, name: 'woman' }),
    part('form-data; name="0"; filename="a\\b%0d.png"\r\nContent-Type: image/png', content),
    END,
  ]);
  const boundary = seen.body.slice(2, seen.body.indexOf('\r\n'));
  expect(seen.body.replaceAll(boundary, 'B')).toBe(
    [
      '--B\r\nContent-Disposition: form-data; name="tune[characteristics]"\r\n\r\n{"age":31,"tags":["a"]}\r\n',
      '--B\r\nContent-Disposition: form-data; name="tune[name]"\r\n\r\nwoman\r\n',
      '--B\r\nContent-Disposition: form-data; name="tune[title]"\r\n\r\nInes\r\n',
      '--B\r\nContent-Disposition: form-data; name="tune[images][]"; filename="b%0d.png"\r\nContent-Type: image/png\r\n\r\n',
      `${content.toString('latin1')}\r\n--B--\r\n`,
    ].join(''),
  );
});

test('every media field of a prompt takes a file, in whatever order the fields come', async () => {
  const gateway = await startGateway();
  const input = {
    tuneId: FLUX,
    text: 'x',
    imageReferences: [{ file: null }, { file: null }],
    inputVideo: { file: null },
    videoFirstFrame: { file: null },
    videoLastFrame: { url: 'https://a.example/last' },
    audioReference: { file: null },
    inputImage: { file: null },
    maskImage: { file: null },
    videoModel: 'kling30_pro',
    videoPrompt: 'she turns',
  };
  const map = {
    sound: ['variables.input.audioReference.file'],
    mask: ['variables.input.maskImage.file'],
    one: ['variables.input.imageReferences.0.file'],
    two: ['variables.input.imageReferences.1.file'],
    film: ['variables.input.inputVideo.file'],
    first: ['variables.input.videoFirstFrame.file'],
    input: ['variables.input.inputImage.file'],
  };
  const answer = await post(gateway.url, [
    text('operations', { query: CREATE_PROMPT, variables: { input } }),
    text('map', map),
    file('sound', PNG, 'audio/mpeg'),
    file('mask'),
    file('one'),
    file('two'),
    file('film', PNG, 'video/mp4'),
    file('first'),
    file('input'),
    END,
  ]);
  expect(answer).toEqual({ status: 200, data: { createPrompt: { prompt: { text: 'x' } } } });
  const sent = (name: string, type = 'image/png') => ({
    filename: `${name}.png`,
    type,
    size: PNG.length,
  });
  expect(gateway.emulator.requests[0]?.body).toMatchObject({
    prompt: {
      video_last_frame_url: 'https://a.example/last',
      audio_reference: sent('sound', 'audio/mpeg'),
      mask_image: sent('mask'),
      image_references: [sent('one'), sent('two')],
      input_video: sent('film', 'video/mp4'),
      video_first_frame: sent('first'),
      input_image: sent('input'),
    },
  });
});

test('files inside a list of prompts stay with their prompt', async () => {
  const gateway = await startGateway();
  const promptsAttributes = [
    { text: 'one', inputImage: { file: null } },
    { videoFirstFrame: { file: null }, videoModel: 'seedance2_fast_720p', videoPrompt: 'turns' },
    { text: 'three' },
  ];
  const images = [{ url: 'https://a.example/1.jpg' }];
  const input = { title: 'Ines', images, promptsAttributes };
  const answer = await post(gateway.url, [
    text('operations', { query: CREATE_TUNE, variables: { input } }),
    text('map', {
      a: ['variables.input.promptsAttributes.0.inputImage.file'],
      b: ['variables.input.promptsAttributes.1.videoFirstFrame.file'],
    }),
    file('a'),
    file('b'),
    END,
  ]);
  expect(answer).toEqual(CREATED);
  expect(gateway.emulator.requests[0]?.body).toMatchObject({
    tune: {
      prompts_attributes: [
        { text: 'one', input_image: { filename: 'a.png' } },
        { text: '', video_model: 'seedance2_fast_720p', video_first_frame: { filename: 'b.png' } },
        { text: 'three' },
      ],
    },
  });
});

test('a picture to inspect, and photos to run a pack on', async () => {
  const gateway = await startGateway();
  gateway.account.addPack({ id: 4300 });
  const query = `mutation ($picture: Upload!, $photos: [MediaInput!]!) {
    inspectImage(input: { name: "woman", image: { file: $picture } }) { inspection { name } }
    runPack(input: { id: 4300, title: "Ines", name: "woman", images: $photos }) { tune { title } }
  }`;
  const answer = await post(gateway.url, [
    text('operations', { query, variables: { picture: null, photos: [{ file: null }] } }),
    text('map', { a: ['variables.picture'], b: ['variables.photos.0.file'] }),
    file('a'),
    file('b'),
    END,
  ]);
  expect(answer.errors).toBeUndefined();
  const posted = gateway.emulator.requests.filter(({ method }) => method === 'POST');
  expect(posted.map(({ path, body }) => [path, body])).toMatchObject([
    ['/images/inspect', { name: 'woman', file: { filename: 'a.png', type: 'image/png' } }],
    ['/p/4300/tunes', { tune: { title: 'Ines', images: [{ filename: 'b.png' }] } }],
  ]);
});

test('two mutations of one operation, each with its files', async () => {
  const gateway = await startGateway();
  const query = `mutation ($one: CreateTuneInput!, $photo: Upload!) {
    one: createTune(input: $one) { tune { title } }
    two: createTune(input: { title: "two", images: [{ file: $photo }] }) { tune { title } }
  }`;
  const variables = { one: { title: 'one', images: [{ file: null }] }, photo: null };
  const answer = await post(gateway.url, [
    text('operations', { query, variables }),
    text('map', { a: ['variables.one.images.0.file'], b: ['variables.photo'] }),
    file('a', Buffer.concat([PNG, Buffer.alloc(300_000)])),
    file('b'),
    END,
  ]);
  expect(answer).toMatchObject({
    data: { one: { tune: { title: 'one' } }, two: { tune: { title: 'two' } } },
  });
  expect(gateway.emulator.requests.map(({ body }) => body)).toMatchObject([
    { tune: { images: [{ filename: 'a.png', size: 300_000 + PNG.length }] } },
    { tune: { images: [{ filename: 'b.png' }] } },
  ]);
});

test('a multipart request without files is a request like any other', async () => {
  const url = (await startGateway()).url;
  const operations = { query: '{ __typename }' };
  expect(await post(url, [text('operations', operations), text('map', {}), END])).toEqual({
    status: 200,
    data: { __typename: 'Query' },
  });
});

test('uploads come through `fetch` too', async () => {
  const { fetch, emulator } = await startGateway();
  const form = new FormData();
  const input = { title: 'Ines', images: [{ file: null }] };
  form.set('operations', JSON.stringify({ query: CREATE_TUNE, variables: { input } }));
  form.set('map', '{"0":["variables.input.images.0.file"]}');
  form.set('0', new File([PNG], 'a.png', { type: 'image/png' }));
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { ...PREFLIGHT },
    body: form,
  });
  expect(await response.json()).toEqual({ data: CREATED.data });
  expect(emulator.requests[0]?.body).toMatchObject({ tune: { images: [{ filename: 'a.png' }] } });
});
