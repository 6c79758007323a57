import { expect, test } from 'vitest';
import { NOW, startGateway } from '../support/gateway.ts';

test('every field of a tune is what Astria says', async () => {
  const { run, account, requests } = await startGateway();
  account.addTune({
    id: 788416,
    title: 'John Doe',
    name: 'woman',
    token: 'ohwx',
    branch: 'flux1',
    model_type: 'lora',
    base_tune_id: 1504944,
    is_api: true,
    args: 'preset=flux-lora-fast lora_rank=16',
    steps: 300,
    face_crop: null,
    training_face_correct: false,
    ckpt_url: 'https://images.example/mock',
    ckpt_urls: ['https://images.example/mock'],
    eta: '2026-10-02T14:32:40.363Z',
    started_training_at: '2026-10-02T14:32:05.229Z',
    trained_at: '2026-10-02T14:32:40.363Z',
    expires_at: '2026-11-01T14:32:40.363Z',
    created_at: '2026-10-02T14:32:05.067Z',
    updated_at: '2026-10-02T14:32:40.363Z',
    callback: 'https://shop.example/done?secret=1',
    url: 'https://www.astria.ai/tunes/788416.json',
    orig_images: ['https://images.example/a', 'https://images.example/b?X-Sig=%2Fa'],
    cost_mc: 150000,
    characteristics: { eye_color: 'brown' },
    auto_extend: false,
  });

  const answer = await run(`{
    tune(id: 788416) {
      __typename id astriaId title name status token modelType branch baseTuneId isApi args steps faceCrop
      trainingFaceCorrect ckptUrl ckptUrls eta startedTrainingAt trainedAt expiresAt createdAt updatedAt callback
      url origImages cost { milliCents usd } characteristics autoExtend
      reference weaker: reference(strength: 0.8)
    }
  }`);

  expect(answer).toEqual({
    data: {
      tune: {
        __typename: 'Tune',
        id: 'VHVuZTo3ODg0MTY',
        astriaId: 788416,
        title: 'John Doe',
        name: 'woman',
        status: 'READY',
        token: 'ohwx',
        modelType: 'lora',
        branch: 'flux1',
        baseTuneId: 1504944,
        isApi: true,
        args: 'preset=flux-lora-fast lora_rank=16',
        steps: 300,
        faceCrop: null,
        trainingFaceCorrect: false,
        ckptUrl: 'https://images.example/mock',
        ckptUrls: ['https://images.example/mock'],
        eta: '2026-10-02T14:32:40.363Z',
        startedTrainingAt: '2026-10-02T14:32:05.229Z',
        trainedAt: '2026-10-02T14:32:40.363Z',
        expiresAt: '2026-11-01T14:32:40.363Z',
        createdAt: '2026-10-02T14:32:05.067Z',
        updatedAt: '2026-10-02T14:32:40.363Z',
        callback: 'https://shop.example/done?secret=1',
        url: 'https://www.astria.ai/tunes/788416.json',
        origImages: ['https://images.example/a', 'https://images.example/b?X-Sig=%2Fa'],
        cost: { milliCents: 150000, usd: 1.5 },
        characteristics: { eye_color: 'brown' },
        autoExtend: false,
        reference: '<lora:788416:1> ohwx woman',
        weaker: '<lora:788416:0.8> ohwx woman',
      },
    },
  });
  expect(requests()).toEqual(['GET /tunes/788416']);
});

const YESTERDAY = '2026-10-31T12:00:00.000Z';
const TOMORROW = '2026-11-02T12:00:00.000Z';
const untouched = {
  model_type: null,
  base_tune_id: null,
  eta: undefined,
  orig_images: [],
  started_training_at: null,
  trained_at: null,
  expires_at: null,
};

test.each([
  ['EXPIRED', { trained_at: YESTERDAY, expires_at: NOW }],
  ['READY', { trained_at: YESTERDAY, expires_at: TOMORROW }],
  ['TRAINING', { trained_at: null, expires_at: null, started_training_at: YESTERDAY }],
  ['QUEUED', { ...untouched, eta: TOMORROW }],
  ['QUEUED', { ...untouched, orig_images: ['https://a.example/1'] }],
  ['QUEUED', { ...untouched, model_type: 'lora' }],
  // A foundation model was never trained by anybody.
  ['READY', untouched],
])('a tune is %s with %j', async (status, fields) => {
  const { run, account } = await startGateway();
  account.addTune({ id: 5, ...fields });
  expect(await run('{ tune(id: 5) { status } }')).toEqual({ data: { tune: { status } } });
});

test.each([
  [{ model_type: 'faceid', token: null, name: 'woman' }, '<faceid:5:1> woman'],
  [{ model_type: 'lora', token: 'ohwx', name: null }, '<lora:5:1> ohwx'],
  [{ model_type: null, token: 'ohwx', name: 'man' }, null],
])('the reference to %j is %s', async (fields, reference) => {
  const { run, account } = await startGateway();
  account.addTune({ id: 5, ...fields });
  expect(await run('{ tune(id: 5) { reference } }')).toEqual({ data: { tune: { reference } } });
});

test('a tune is found by its number and by its global id, and is null where it is not', async () => {
  const { run, account, requests } = await startGateway();
  account.addTune({ id: 5, title: 'Five' });
  const answer = await run(`{
    byNumber: tune(id: 5) { title }
    byText: tune(id: "5") { title }
    byGlobalId: tune(id: "VHVuZTo1") { title }
    missing: tune(id: 6) { title }
  }`);
  const five = { title: 'Five' };
  expect(answer).toEqual({
    data: { byNumber: five, byText: five, byGlobalId: five, missing: null },
  });
  expect(requests()).toEqual(['GET /tunes/6', 'GET /tunes/5']);
});

test.each(['x', '0', '-1', '1.5', '99999999999999999999', 'UHJvbXB0OjU'])(
  'the id %j is refused before any call',
  async (id) => {
    const { run, requests } = await startGateway();
    const { data, errors } = await run('query ($id: ID!) { tune(id: $id) { title } }', { id });
    expect(data).toEqual({ tune: null });
    expect(errors).toMatchObject([
      {
        message: `\`id\` is "${id}", which is not the id of a Tune: give its \`id\` or its \`astriaId\`.`,
        path: ['tune'],
        extensions: { code: 'BAD_REQUEST' },
      },
    ]);
    expect(requests()).toEqual([]);
  },
);

test('the filters of tunes are Astria’s', async () => {
  const { run, account, requests } = await startGateway();
  account.addTune({
    id: 1,
    title: 'Ines in Lisbon',
    name: 'woman',
    model_type: 'lora',
    branch: 'flux1',
  });
  account.addTune({
    id: 2,
    title: 'Ines in Porto',
    name: 'woman',
    model_type: 'faceid',
    branch: 'sd15',
  });
  account.addTune({ id: 3, title: 'Marco', name: 'man', model_type: 'lora', branch: 'flux1' });
  const answer = await run(`{
    tunes(filter: { title: "Ines", name: ["woman", "man"], modelType: "lora", branch: "flux1" }) {
      nodes { astriaId }
    }
  }`);
  expect(answer).toEqual({ data: { tunes: { nodes: [{ astriaId: 1 }] } } });
  expect(requests()).toEqual([
    'GET /tunes?title=Ines&name[]=woman&name[]=man&model_type=lora&branch=flux1&limit=21',
  ]);
});

test('a strength that no text can hold is refused', async () => {
  const { run, account } = await startGateway();
  account.addTune({ id: 5, model_type: 'lora' });
  const { errors } = await run('{ tune(id: 5) { reference(strength: 1e21) } }');
  expect(errors).toMatchObject([
    { extensions: { code: 'BAD_REQUEST', limit: { name: 'strength', max: 100, found: 1e21 } } },
  ]);
});
