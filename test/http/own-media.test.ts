import { get } from 'node:http';
import { json } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const start = () => startGateway({ seed: true, token: '', hasOwnMedia: true });
const KEY = { authorization: 'Bearer sd_demo' };
const LIKE = 'mutation { likePrompt(input: { id: "45042524" }) { prompt { images { url } } } }';
const QUERY = '{ prompts(first: 100) { nodes { images { url isVideo } } } }';

interface Answer {
  data: { prompts: { nodes: { images: { url: string; isVideo: boolean }[] }[] } };
}

/** `fetch` sets the host itself. */
const ask = (url: string, headers: Record<string, string> = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const address = `${url}?query=${encodeURIComponent(QUERY)}`;
    get(address, { headers: { ...KEY, ...headers } }, (response) =>
      resolve(json(response) as Promise<Answer>),
    ).on('error', reject);
  });

const imagesOf = ({ data }: Answer) => data.prompts.nodes.flatMap(({ images }) => images);
const basesOf = (answer: Answer) => [
  ...new Set(imagesOf(answer).map(({ url }) => url.replace(/\/prompts\/.*/, ''))),
];

test('pictures and films have addresses of the gateway, and are there', async () => {
  const { url, emulator } = await start();
  const answer = await ask(url);
  expect(basesOf(answer)).toEqual([`${url}/images`]);
  expect(JSON.stringify(answer)).not.toContain(emulator.url);
  const picture = imagesOf(answer).find(({ isVideo }) => !isVideo);
  const film = imagesOf(answer).find(({ isVideo }) => isVideo);
  for (const [address, type] of [
    [picture?.url, 'image/png'],
    [film?.url, 'video/mp4'],
  ]) {
    const response = await fetch(address as string);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      // Pages of another origin show them too.
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
  }
});

test('the address is the one at which the gateway was asked: identical questions in flight too', async () => {
  const { url, requests } = await start();
  const [here, forwarded, secure, again] = await Promise.all([
    ask(url),
    ask(url, { host: 'localhost:8080' }),
    ask(url, { host: 'demo.example', 'x-forwarded-proto': 'https' }),
    ask(url, { host: 'demo.example', 'x-forwarded-proto': 'https' }),
  ]);
  expect([here, forwarded, secure, again].map(basesOf)).toEqual([
    [`${url}/images`],
    ['http://localhost:8080/graphql/images'],
    ['https://demo.example/graphql/images'],
    ['https://demo.example/graphql/images'],
  ]);
  expect(requests().length).toBeLessThanOrEqual(3);
});

test('a path that a proxy has put in front stays there', async () => {
  const { url } = await start();
  const below = url.replace('/graphql', '/api/graphql');
  expect(basesOf(await ask(below))).toEqual([`${below}/images`]);
});

test('a batch and a mutation name them alike', async () => {
  const { url, run } = await start();
  const batch = await fetch(url, {
    method: 'POST',
    headers: { ...KEY, 'content-type': 'application/json' },
    body: JSON.stringify([{ query: QUERY }, { query: QUERY }]),
  });
  for (const answer of (await batch.json()) as Answer[]) {
    expect(basesOf(answer)).toEqual([`${url}/images`]);
  }
  const like = await run(LIKE, {}, KEY);
  expect(like.errors).toBeUndefined();
  expect(JSON.stringify(like)).toContain(`${url}/images/prompts/45042524/`);
});

test('a player is given the part that it asks for', async () => {
  const { url } = await start();
  const film = imagesOf(await ask(url)).find(({ isVideo }) => isVideo)?.url as string;
  const whole = Buffer.from(await (await fetch(film)).arrayBuffer());
  for (const [range, status, part] of [
    ['bytes=0-1', 206, whole.subarray(0, 2)],
    ['bytes=3000-', 206, whole.subarray(3000)],
    ['bytes=-20', 206, whole.subarray(-20)],
    ['bytes=99999-', 416, Buffer.alloc(0)],
    ['bytes=5-2', 416, Buffer.alloc(0)],
    ['bytes=0-1,4-5', 200, whole],
  ] as const) {
    const response = await fetch(film, { headers: { range } });
    expect([range, response.status]).toEqual([range, status]);
    expect(Buffer.from(await response.arrayBuffer()).equals(part)).toBe(true);
  }
});

test('what is not there is 404, and before a real Astria there is nothing', async () => {
  const { fetch } = await start();
  expect((await fetch('/graphql/images/prompts/1/x.png')).status).toBe(404);
  const real = await startGateway({ seed: true, token: 'sd_demo' });
  expect((await real.fetch('/graphql/images/packs/260/cover.png')).status).toBe(404);
  const answer = await real.run<Answer['data']>(QUERY);
  expect(JSON.stringify(answer)).toContain('https://api.astria.ai/images/prompts/');
});
