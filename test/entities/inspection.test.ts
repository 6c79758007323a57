import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

test('a picture is looked at, and nothing seen is null', async () => {
  const { run, emulator } = await startGateway();
  const sample = readFileSync(new URL('../samples/image-inspect.json', import.meta.url), 'utf8');
  emulator.fail({ path: '/images/inspect', body: sample });
  const answer = await run(`mutation {
    inspectImage(input: { name: "woman", image: { url: "https://a.example/1.jpg" } }) {
      inspection {
        name age ethnicity eyeColor hairColor hairLength hairStyle facialHair glasses isBald bodyType headcover
        blurry selfie funnyFace wearingSunglasses wearingHat includesMultiplePeople fullBodyImageOrLongshot
        lowResolution lowQuality
      }
    }
  }`);
  expect(answer).toEqual({
    data: {
      inspectImage: {
        inspection: {
          name: 'woman',
          age: '20 yo',
          ethnicity: 'caucasian',
          eyeColor: 'brown eyes',
          hairColor: 'brunette',
          hairLength: 'medium hair',
          hairStyle: 'wavy hair',
          facialHair: null,
          glasses: null,
          isBald: null,
          bodyType: null,
          headcover: null,
          blurry: false,
          selfie: true,
          funnyFace: false,
          wearingSunglasses: false,
          wearingHat: false,
          includesMultiplePeople: false,
          fullBodyImageOrLongshot: false,
          lowResolution: null,
          lowQuality: null,
        },
      },
    },
  });
  expect(emulator.requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data/);
  expect(emulator.requests[0]?.body).toEqual({
    name: 'woman',
    file_url: 'https://a.example/1.jpg',
  });
});

test.each(['NONE', 'none', ' None ', '', ' '])('%j on a face is nothing', async (nothing) => {
  const { run, emulator } = await startGateway();
  const looks = { facial_hair: nothing, glasses: nothing, headcover: nothing, age: 'nonesuch' };
  emulator.fail({ path: '/images/inspect', body: looks });
  const { data } = await run(`mutation {
    inspectImage(input: { image: { url: "https://a.example/1.jpg" } }) {
      inspection { facialHair glasses headcover age }
    }
  }`);
  expect(data).toEqual({
    inspectImage: {
      inspection: { facialHair: null, glasses: null, headcover: null, age: 'nonesuch' },
    },
  });
});
