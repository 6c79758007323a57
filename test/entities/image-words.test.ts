/** Pictures that are put into words. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import { createUpstream } from '../../src/upstream/client.ts';
import { startGateway } from '../support/gateway.ts';
import { startDeaf } from '../support/uploads.ts';

const IMAGE = 'https://a.example/1.jpg';
const BOTH = {
  describeImage: 'description',
  classifyImage: 'classification { className shortDescription firstName caption captions }',
};
const PATHS = { describeImage: '/images/describe', classifyImage: '/images/class_name' };
const names = Object.keys(PATHS) as (keyof typeof PATHS)[];
const ask = (name: keyof typeof PATHS, input = `imageUrl: "${IMAGE}"`) =>
  `mutation { ${name}(input: { ${input} }) { ${BOTH[name]} } }`;

test('a picture is described, with the names of those who are in it', async () => {
  const { run, emulator } = await startGateway();
  const answer = await run(ask('describeImage', `imageUrl: "${IMAGE}", names: ["Ines", "Maya"]`));
  expect(answer).toEqual({
    data: {
      describeImage: { description: 'A picture of Ines and Maya, in daylight.' },
    },
  });
  const [request] = emulator.requests;
  expect(request?.headers['content-type']).toMatch(/^multipart\/form-data/);
  expect(request?.body).toEqual({ file_url: IMAGE, names: ['Ines', 'Maya'] });
});

test('a picture is classified, and what it says is what a tune takes', async () => {
  const { run, emulator } = await startGateway();
  const { data, errors } = await run<{ classifyImage: { classification: Words } }>(
    ask('classifyImage'),
  );
  expect(errors).toBeUndefined();
  expect(emulator.requests[0]?.body).toEqual({ file_url: IMAGE });
  const told = data?.classifyImage.classification;
  const { className, firstName, caption, captions } = told as Words;
  expect(captions).toEqual([caption]);
  const made = await run(
    `mutation ($input: CreateTuneInput!) { createTune(input: $input) { tune { title name } } }`,
    { input: { title: firstName, name: className, imageUrls: [IMAGE], imageCaptions: captions } },
  );
  expect(made).toEqual({
    data: { createTune: { tune: { title: firstName, name: className } } },
  });
});

interface Words {
  className: string;
  firstName: string;
  caption: string;
  captions: string[];
}

test('what Astria does not say is null, and no captions are none', async () => {
  const { run, emulator } = await startGateway();
  emulator.fail({
    path: PATHS.classifyImage,
    body: { class_name: 'dress', first_name: '', caption: 'NONE', more: 1 },
  });
  expect(await run(ask('classifyImage'))).toEqual({
    data: {
      classifyImage: {
        classification: {
          className: 'dress',
          shortDescription: null,
          firstName: null,
          caption: null,
          captions: [],
        },
      },
    },
  });
});

test.each(names)('%s takes longer than other calls may', async (name) => {
  const { run, emulator } = await startGateway({ timeoutMs: 100 });
  emulator.fail({ path: PATHS[name], latencyMs: 500 });
  expect((await run(ask(name))).errors).toBeUndefined();
  emulator.fail({ path: '/images/inspect', latencyMs: 500 });
  const other = `mutation { inspectImage(input: { image: { url: "${IMAGE}" } }) { inspection { name } } }`;
  expect((await run(other)).errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
});

test('it is given up at the end of its own time', async () => {
  const upstream = createUpstream({ baseUrl: await startDeaf(), timeoutMs: 10 });
  const { request } = upstream.as({ token: 'sd_test', workspaceId: undefined });
  const call = { method: 'POST', path: '/images/describe', patienceMs: 200, response: z.unknown() };
  await expect(request(call as never)).rejects.toMatchObject({ reason: 'timeout' });
  await upstream.close();
});

test.each(names)('%s refuses what is no address, in the name of its field', async (name) => {
  const { run, requests } = await startGateway();
  const { errors } = await run(ask(name, 'imageUrl: "data:image/png;base64,AAAA"'));
  expect(errors).toMatchObject([
    { extensions: { source: 'GATEWAY', fieldErrors: [{ path: ['input', 'imageUrl'] }] } },
  ]);
  expect(requests()).toEqual([]);
});

test.each(names)('%s: what Astria refuses of the picture is told at its field', async (name) => {
  const { run, emulator } = await startGateway();
  emulator.fail({ path: PATHS[name], status: 422, body: { file_url: ['is not an image'] } });
  const { errors } = await run(ask(name));
  expect(errors).toMatchObject([
    {
      extensions: {
        source: 'ASTRIA',
        fieldErrors: [{ path: ['input', 'imageUrl'], message: 'is not an image' }],
      },
    },
  ]);
});

test('a blank name is refused', async () => {
  const { run, requests } = await startGateway();
  const { errors } = await run(ask('describeImage', `imageUrl: "${IMAGE}", names: ["Ines", " "]`));
  expect(errors?.[0]?.message).toContain("names can't hold a blank");
  expect(requests()).toEqual([]);
});
