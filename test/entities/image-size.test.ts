/** The size of an image, by what its prompt tells. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const image = 'https://a.example/1.jpg';
const READ = '{ prompt(id: 5) { images { width height } } }';

test.each([
  ['its own sides', { w: 896, h: 1152 }, [896, 1152]],
  ['its own sides first', { w: 896, h: 1152, aspect_ratio: '16:9', resolution: '2K' }, [896, 1152]],
  ['a square of 1K', { aspect_ratio: '1:1', resolution: '1K' }, [1024, 1024]],
  ['a square of 4K', { aspect_ratio: '1:1', resolution: '4K' }, [4096, 4096]],
  ['16:9 at 2K', { aspect_ratio: '16:9', resolution: '2K' }, [2731, 1536]],
  ['9:16 at 2K', { aspect_ratio: '9:16', resolution: '2K' }, [1536, 2731]],
  ['one side and the rest', { w: 640, aspect_ratio: '1:1', resolution: '1K' }, [1024, 1024]],
  ['no resolution', { aspect_ratio: '16:9', resolution: null }, null],
  ['no aspect ratio', { aspect_ratio: null, resolution: '2K' }, null],
  ['one side alone', { w: 640 }, null],
  ['nothing', {}, null],
  ['sides that are none', { w: 0, h: -8 }, null],
  ['adaptive', { aspect_ratio: 'adaptive', resolution: '2K' }, null],
  ['a ratio that is none', { aspect_ratio: '16:0', resolution: '2K' }, null],
  ['a ratio without bounds', { aspect_ratio: '99999999999:1', resolution: '2K' }, null],
  ['a resolution in other words', { aspect_ratio: '16:9', resolution: '1080p' }, null],
])('%s: as its prompt tells', async (_, told, size) => {
  const { run, account, requests } = await startGateway();
  const untold = { w: null, h: null, aspect_ratio: null, resolution: null };
  account.addPrompt({ id: 5, images: [image], ...untold, ...told });
  const [width, height] = size ?? [null, null];
  expect(await run(READ)).toEqual({ data: { prompt: { images: [{ width, height }] } } });
  expect(requests()).toEqual(['GET /prompts/5']);
});

test('a video has none, the picture it begins with has', async () => {
  const { run, account } = await startGateway();
  account.addPrompt({
    id: 5,
    aspect_ratio: '16:9',
    resolution: '1K',
    images: [image, 'https://a.example/clip'],
    content_types: ['image/jpeg', 'video/mp4'],
  });
  expect(await run(READ)).toEqual({
    data: {
      prompt: {
        images: [
          { width: 1365, height: 768 },
          { width: null, height: null },
        ],
      },
    },
  });
});
