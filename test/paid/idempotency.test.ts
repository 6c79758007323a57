/** Idempotency keys: sent once, answered alike. */
import { expect, test } from 'vitest';
import { LedgerFailed } from '../../src/paid/ledger/ledger.ts';
import { NOW } from '../support/gateway.ts';
import { FLUX, FOUND, LOST, PHOTO, startPaid, UNKNOWN } from '../support/paid.ts';

const KEYED = { idempotencyKey: 'order 17' };
const refusal = (message: string) => [
  {
    message: `idempotencyKey ${message}`,
    extensions: {
      code: 'VALIDATION_FAILED',
      source: 'GATEWAY',
      fieldErrors: [{ path: ['input', 'idempotencyKey'], message }],
    },
  },
];
const OTHER =
  'was used for another mutation, input or workspace: give each request a key of its own';

const PAID = [
  ['createTune', { title: 'Ines', imageUrls: [PHOTO] }, 'tune { astriaId } warnings { code }'],
  ['createPrompt', { tuneId: FLUX, text: 'x' }, 'prompt { astriaId } warnings { code }'],
  ['generateWithGemini', { text: 'x' }, 'prompt { astriaId } warnings { code }'],
  ['generateWithSeedream', { text: 'x' }, 'prompt { astriaId } warnings { code }'],
  ['duplicatePrompt', { id: 50 }, 'prompt { astriaId } warnings { code }'],
  ['runPack', { id: 8, title: 'I', images: [{ url: PHOTO }] }, 'tune { astriaId } promptIds'],
  ['runPack', { id: 8, tuneIds: [77] }, 'message promptIds order { astriaId }'],
  ['createTheme', { theme: 'sea', tuneIds: [77] }, 'tunes { astriaId }'],
] as const;

test.each(PAID)('%s with %j and one key is sent once', async (mutation, input, fields) => {
  const { run, account, writes, emulator } = await startPaid();
  account.addPack({ id: 8 });
  account.addTune({ id: 77, model_type: 'lora' });
  account.addPrompt({ id: 50 });
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const operation = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`;
  const first = await run(operation, { input: { ...input, ...KEYED } });
  expect(first.errors).toBeUndefined();
  expect(await run(operation, { input: { ...KEYED, ...input } })).toEqual(first);
  expect(writes()).toHaveLength(1);
  expect(JSON.stringify(emulator.requests)).not.toContain(KEYED.idempotencyKey);
});

test('simultaneous requests with one key wait for the first', async () => {
  const { prompt, emulator, writes } = await startPaid();
  emulator.fail({ method: 'POST', latencyMs: 250 });
  const answers = await Promise.all(Array.from({ length: 5 }, () => prompt(KEYED)));
  expect(answers[0]?.errors).toBeUndefined();
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(writes()).toHaveLength(1);
});

test('another input, mutation or workspace under the key is refused', async () => {
  const { prompt, tune, account, writes } = await startPaid();
  const { id } = account.addWorkspace({ title: 'Studio' });
  await prompt(KEYED);
  const others = [
    await prompt({ ...KEYED, text: 'a quay' }),
    await prompt({ ...KEYED, seed: null }),
    await tune(KEYED),
    await prompt(KEYED, { 'x-workspace-id': String(id) }),
  ];
  for (const { errors } of others) expect(errors).toMatchObject(refusal(OTHER));
  expect(writes()).toHaveLength(1);
});

test.each(['', 'x'.repeat(256), 'a\nb', 'a\u200bb'])('%j is no key', async (idempotencyKey) => {
  const { prompt, requests } = await startPaid();
  const { errors } = await prompt({ idempotencyKey });
  expect(errors).toMatchObject(refusal('must be 1 to 255 printable characters'));
  expect(requests()).toEqual([]);
});

test('the same key of two callers means two writes', async () => {
  const { prompt, writes } = await startPaid({ token: '' });
  const as = (key: string) => prompt(KEYED, { authorization: `Bearer ${key}` });
  const [one, other, again] = [await as('sd_one'), await as('sd_two'), await as('sd_one')];
  expect(writes()).toHaveLength(2);
  expect(one).toEqual(again);
  expect(one).not.toEqual(other);
});

test('a refusal frees the key for a corrected input', async () => {
  const { prompt, writes } = await startPaid();
  const refused = await prompt({ ...KEYED, packId: 12345 });
  expect(refused.errors?.[0]?.extensions?.code).toBe('VALIDATION_FAILED');
  const corrected = await prompt(KEYED);
  expect(corrected.errors).toBeUndefined();
  expect(await prompt(KEYED)).toEqual(corrected);
  expect(writes()).toHaveLength(2);
});

test('a lost answer that was found is the answer from then on', async () => {
  const { prompt, emulator, writes } = await startPaid();
  emulator.fail(LOST);
  const first = await prompt(KEYED);
  expect(first.data?.createPrompt.warnings).toEqual(FOUND);
  expect(await prompt(KEYED)).toEqual(first);
  expect(writes()).toHaveLength(1);
});

const KEEP_ASKING =
  'It may have been done, and paid for. The result is being searched for: retry with the same idempotencyKey. The write is never sent twice, and the answer is its result when that is found.';

test('a result that is not found is UNKNOWN and never sent again; a retry that finds it returns it', async () => {
  const { prompt, account, emulator, writes, clock } = await startPaid();
  emulator.fail({ method: 'POST', status: 504 });
  const [first, again] = [await prompt(KEYED), await prompt(KEYED)];
  expect([first, again].map(({ errors }) => errors)).toMatchObject([
    [{ message: `Astria did not answer in time. ${KEEP_ASKING}`, extensions: UNKNOWN }],
    [
      {
        message: `The outcome of the first request with this key is not known yet. ${KEEP_ASKING}`,
        extensions: UNKNOWN,
      },
    ],
  ]);
  clock.advance(30_000);
  account.addPrompt({ id: 51, text: 'a pier', tune_id: FLUX, created_at: NOW });
  const found = await prompt(KEYED);
  expect(found.data?.createPrompt).toEqual({
    prompt: { astriaId: 51, text: 'a pier' },
    warnings: FOUND,
  });
  expect(await prompt(KEYED)).toEqual(found);
  expect(writes()).toHaveLength(1);
});

test('a lost result is also searched for in the background, and then nobody else gets it', async () => {
  const seekTimes = { gapsMs: [0, 50, 50, 50, 50, 50], withinMs: 0, leastMs: 20 };
  const { prompt, account, emulator, logged } = await startPaid({ seekTimes });
  emulator.fail({ method: 'POST', status: 504 });
  expect((await prompt(KEYED)).errors).toMatchObject([{ extensions: UNKNOWN }]);
  account.addPrompt({ id: 51, text: 'a pier', tune_id: FLUX, created_at: NOW });
  while (!logged.join().includes('was found after')) await new Promise(setImmediate);
  const looks = emulator.requests.length;
  expect((await prompt(KEYED)).data?.createPrompt.prompt.astriaId).toBe(51);
  expect(emulator.requests.slice(looks)).toMatchObject([{ path: '/prompts/51' }]);
});

const [SECOND, HOUR] = [1000, 3_600_000];

test.each([SECOND, HOUR, 24 * HOUR, 48 * HOUR].flatMap((ms) => [ms, -ms]))(
  'a step of %i ms of our own clock forgets no key, nor does its being put right again',
  async (stepMs) => {
    let steppedMs = 0;
    const now = () => Date.parse(NOW) + steppedMs;
    const { prompt, writes } = await startPaid({ now, upstream: { now } });
    const first = await prompt(KEYED);
    steppedMs = stepMs;
    expect(await prompt(KEYED)).toEqual(first);
    const second = await prompt({ ...KEYED, idempotencyKey: 'order 18' });
    steppedMs = 0;
    expect(await prompt(KEYED)).toEqual(first);
    expect(await prompt({ ...KEYED, idempotencyKey: 'order 18' })).toEqual(second);
    expect(writes()).toHaveLength(2);
  },
);

test('a key is forgotten after a day', async () => {
  const { prompt, clock, writes } = await startPaid();
  await prompt(KEYED);
  clock.advance(24 * 60 * 60_000 - 1);
  await prompt(KEYED);
  expect(writes()).toHaveLength(1);
  // It is kept a minute longer than promised.
  clock.advance(60_000 + 1);
  await prompt(KEYED);
  expect(writes()).toHaveLength(2);
});

test('a result that cannot be read now is not reported as if it had not been made', async () => {
  const { prompt, emulator, writes } = await startPaid();
  const first = await prompt(KEYED);
  emulator.fail({ method: 'GET', status: 503 });
  const id = first.data?.createPrompt.prompt.astriaId;
  expect((await prompt(KEYED)).errors).toMatchObject([
    {
      message: expect.stringContaining(`prompt ${id}`),
      extensions: { code: 'UPSTREAM_UNAVAILABLE', outcome: 'UNKNOWN' },
    },
  ]);
  expect(await prompt(KEYED)).toEqual(first);
  expect(writes()).toHaveLength(1);
});

test('a result that was deleted is NOT_FOUND and not made again', async () => {
  const { prompt, account, writes } = await startPaid();
  const { data } = await prompt(KEYED);
  account.deletePrompt(data?.createPrompt.prompt.astriaId as number);
  expect((await prompt(KEYED)).errors?.[0]?.extensions).toEqual({
    code: 'NOT_FOUND',
    outcome: 'UNKNOWN',
  });
  expect(writes()).toHaveLength(1);
});

test('no paid write is sent while it cannot be recorded, and that is logged once', async () => {
  const { prompt, deps, requests, logged } = await startPaid();
  const { begin } = deps.ledger;
  deps.ledger.begin = async () => {
    throw new LedgerFailed('the file of the ledger cannot be written');
  };
  const { errors } = await prompt({});
  expect(errors).toMatchObject([
    {
      message: 'What costs money cannot be recorded here for now, so it was not sent.',
      extensions: { code: 'UPSTREAM_UNAVAILABLE', outcome: 'NOT_DONE' },
    },
  ]);
  for (let time = 0; time < 20; time++) await prompt({});
  expect(requests()).toEqual([]);
  const [line, ...more] = logged.filter((text) => text.includes('ledger'));
  expect(line).toMatch(/"failures":1,"msg":"the ledger of paid writes fails"/);
  expect(more).toEqual([]);
  deps.ledger.begin = begin;
  await prompt({});
  expect(logged.join()).toMatch(/"failures":20,"msg":"the ledger of paid writes works again"/);
});

test('a result is returned even if it could not be recorded', async () => {
  const { prompt, deps, logged } = await startPaid();
  deps.ledger.done = async () => {
    throw new LedgerFailed('the disk is full');
  };
  expect((await prompt({})).errors).toBeUndefined();
  expect(logged.join()).toContain('the disk is full');
});
