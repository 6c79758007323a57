import { expect, test } from 'vitest';
import type { Caller } from '../../src/auth/caller.ts';
import { createContext } from '../../src/context.ts';
import { catalogueOf } from '../../src/entities/models/loader.ts';
import { CallLog } from '../../src/upstream/call-log.ts';
import { TooManyCalls } from '../../src/upstream/errors.ts';
import { startGateway } from '../support/gateway.ts';

const ANYBODY: Caller = {
  name: 'anonymous',
  role: 'read',
  workspaces: undefined,
  credential: { token: undefined, workspaceId: undefined },
};

const MODELS = `{
  models {
    imageModels { name title tuneId resolutions tune { title } }
    videoModels {
      name title aspectRatios motionControl needsInputVideo supportsLastFrame supportsImageReferences
      supportsAudioReference generatesAudio
    }
    defaultImageModel { name }
    defaultVideoModel { name }
  }
}`;

test('the catalogue tells the models and what they can do', async () => {
  const { run } = await startGateway();
  const { data, errors } = await run(MODELS);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    models: {
      imageModels: [
        {
          name: 'gemini',
          title: 'Nano Banana Pro',
          // Told as a text.
          tuneId: 3618064,
          resolutions: ['1K', '2K', '4K'],
          tune: { title: 'Nano Banana Pro' },
        },
        { name: 'seedream', tuneId: 3691308, resolutions: [] },
        { name: 'gpt-image-2', resolutions: ['1K', '2K', '4K'] },
      ],
      videoModels: expect.arrayContaining([
        {
          name: 'seedance2_fast_720p',
          title: 'Seedance 2 fast 720p',
          aspectRatios: ['16:9', '9:16', '1:1'],
          motionControl: false,
          needsInputVideo: false,
          supportsLastFrame: false,
          supportsImageReferences: true,
          supportsAudioReference: true,
          generatesAudio: true,
        },
        expect.objectContaining({ name: 'kling30_4k', supportsLastFrame: true }),
        expect.objectContaining({ name: 'kling30_motion_control_pro', needsInputVideo: true }),
      ]),
      defaultImageModel: { name: 'gemini' },
      defaultVideoModel: { name: 'seedance2_fast_720p' },
    },
  });
});

test('it is kept for as long as it says, for everybody, and needs no key', async () => {
  const { run, requests, emulator, clock } = await startGateway({ token: '' });
  const names = '{ models { imageModels { name } } }';
  await Promise.all([run(names), run(names)]);
  expect((await run(names, {}, { authorization: 'Bearer sd_other' })).errors).toBeUndefined();
  expect(requests()).toEqual(['GET /cli/models']);
  expect(emulator.requests[0]?.headers.authorization).toBeUndefined();
  clock.advance(86_400_000);
  await run(names);
  expect(requests()).toHaveLength(2);
});

test('a failure is not kept', async () => {
  const { run, emulator } = await startGateway();
  emulator.fail({ path: '/cli/models', status: 500 });
  const names = '{ models { defaultImageModel { name } } }';
  expect((await run(names)).errors).toMatchObject([
    { extensions: { code: 'UPSTREAM_UNAVAILABLE' } },
  ]);
  expect((await run(names)).data).toEqual({ models: { defaultImageModel: { name: 'gemini' } } });
});

test('one that is out of date serves on while no newer can be had', async () => {
  const { run, emulator, clock, requests } = await startGateway();
  const names = '{ models { defaultImageModel { name } } }';
  await run(names);
  clock.advance(86_400_000);
  emulator.fail({ path: '/cli/models', status: 503 });
  const gemini = { data: { models: { defaultImageModel: { name: 'gemini' } } } };
  expect(await run(names)).toEqual(gemini);
  expect(await run(names)).toEqual(gemini);
  expect(requests()).toHaveLength(2);
  clock.advance(60_000);
  await run(names);
  expect(requests()).toHaveLength(3);
});

test('the call is counted for the operation that makes it', async () => {
  const { fetch } = await startGateway();
  const headers = { 'content-type': 'application/json', 'x-upstream-report': '1' };
  const body = JSON.stringify({ query: '{ models { imageModels { name } } }' });
  const reports = [];
  for (let round = 0; round < 2; round++) {
    const answer = await fetch('/graphql', { method: 'POST', headers, body });
    reports.push((await answer.json()).extensions.upstream);
  }
  expect(reports).toMatchObject([
    { calls: 1, requests: [{ method: 'GET', route: '/cli/models', status: 200 }] },
    { calls: 0, requests: [] },
  ]);
});

test('who may make no more calls begins none that others could join', async () => {
  const { deps, requests } = await startGateway();
  const asker = { caller: ANYBODY, workspaceId: undefined };
  const context = createContext(asker, new AbortController().signal, deps);
  const refused = catalogueOf({ ...context, calls: new CallLog(0) });
  const answer = catalogueOf(context);
  await expect(refused).rejects.toThrow(TooManyCalls);
  expect(await answer).toHaveProperty('models');
  expect(requests()).toEqual(['GET /cli/models']);
});
