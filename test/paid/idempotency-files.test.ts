/** Idempotency keys on requests with files: what was in them is compared, and kept nowhere. */
import { expect, test } from 'vitest';
import { END, file, PNG, post } from '../support/multipart.ts';
import { LOST, startPaid } from '../support/paid.ts';
import { startBeforeSink, tuneOf, until } from '../support/uploads.ts';

const OTHER = Buffer.concat([PNG, Buffer.from('more')]);
const KEYED = { idempotencyKey: 'order 17' };
const MADE = { status: 200, data: { createTune: { tune: { title: 'Ines' } } } };
const REFUSED = {
  data: null,
  errors: [
    {
      message: 'idempotencyKey was used with other files: give each request a key of its own',
      extensions: { code: 'VALIDATION_FAILED' },
    },
  ],
};

/** A keyed tune of two photos. */
const parts = (first: Uint8Array = PNG, second: Uint8Array = OTHER) => [
  ...tuneOf(2, KEYED),
  file('0', first),
  file('1', second),
  END,
];

test('a retry with the same files returns the same tune', async () => {
  const { url, writes } = await startPaid();
  expect(await post(url, parts())).toEqual(MADE);
  expect(await post(url, parts())).toEqual(MADE);
  expect(writes()).toEqual(['POST /tunes']);
});

test.each([
  ['other bytes', parts(PNG, PNG)],
  ['another order', parts(OTHER, PNG)],
])('%s are refused', async (_, others) => {
  const { url, writes } = await startPaid();
  await post(url, parts());
  expect(await post(url, others)).toMatchObject(REFUSED);
  expect(writes()).toEqual(['POST /tunes']);
});

test('simultaneous requests with the same files wait for the first, and other files are refused', async () => {
  const { url, emulator, writes } = await startPaid();
  emulator.fail({ method: 'POST', latencyMs: 300 });
  const first = post(url, parts());
  await until(() => writes().length === 1);
  const others = await Promise.all([post(url, parts()), post(url, parts(PNG, PNG))]);
  expect([await first, ...others]).toMatchObject([MADE, MADE, REFUSED]);
  expect(writes()).toEqual(['POST /tunes']);
});

test('a lost answer to files is found, and found again', async () => {
  const { url, emulator, requests } = await startPaid();
  emulator.fail(LOST);
  expect(await post(url, parts())).toEqual(MADE);
  expect(await post(url, parts())).toEqual(MADE);
  expect(requests()).toEqual([
    'GET /users',
    'POST /tunes',
    'GET /tunes?title=Ines&limit=120',
    expect.stringMatching(/^GET \/tunes\/\d+$/),
  ]);
});

test('files that did not arrive completely were not sent, so the key is free', async () => {
  const { url, writes, account } = await startPaid();
  const cut = await post(url, [...tuneOf(2, KEYED), file('0'), END]);
  expect(cut).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  expect(await post(url, parts())).toEqual(MADE);
  expect(writes()).toEqual(['POST /tunes']);
  expect(account.tune(5_300_000)?.orig_images).toHaveLength(2);
});

test('a retry reads its files as they arrive, and needs all of them', async () => {
  const { url } = await startPaid();
  await post(url, parts());
  const cut = await post(url, [...tuneOf(2, KEYED), file('0'), END]);
  expect(cut).toMatchObject({ errors: [{ extensions: { limit: { name: 'missingParts' } } }] });
});

test('it is recorded as sent, with its digest, before Astria has the whole of it', async () => {
  const { gateway, url, seen } = await startBeforeSink();
  let wasWhole: boolean | undefined;
  const { sent } = gateway.deps.ledger;
  gateway.deps.ledger.sent = async (id, files) => {
    // Long enough for what is on its way to arrive.
    await new Promise((resolve) => setTimeout(resolve, 100));
    wasWhole = seen.isWhole;
    expect(files).toMatch(/^[0-9a-f]{64}$/);
    return sent.call(gateway.deps.ledger, id, files);
  };
  expect(await post(url, parts())).toEqual(MADE);
  await until(() => seen.isWhole);
  expect(wasWhole).toBe(false);
});
