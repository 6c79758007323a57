/** To whom an idempotency key belongs: the caller, and the account, whichever of its keys is used. */
import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { FLUX, startPaid } from '../support/paid.ts';

const KEYED = { idempotencyKey: 'order 17' };

test('for a new key of the same account the account is read, and nothing is sent again', async () => {
  const { prompt, account, emulator, clock, deps, requests } = await startPaid();
  const first = await prompt(KEYED);
  account.addKey('sd_rotated');
  const { ledger } = deps;
  const next = await startPaid({ token: 'sd_rotated', emulator, clock, ledger });
  expect(await next.prompt(KEYED)).toEqual(first);
  expect(await next.prompt(KEYED)).toEqual(first);
  expect(requests()).toEqual([
    'GET /users',
    `POST /tunes/${FLUX}/prompts`,
    'GET /users',
    'GET /prompts/45200000',
    'GET /prompts/45200000',
  ]);
});

test('the same idempotency key of another account is a different one', async () => {
  const { prompt, emulator, clock, deps, writes } = await startPaid();
  await prompt(KEYED);
  const { ledger } = deps;
  const other = await startPaid({ token: 'sd_other', emulator, clock, ledger });
  expect((await other.prompt(KEYED)).errors).toBeUndefined();
  expect(writes()).toHaveLength(2);
});

test('without an idempotency key the account is not read', async () => {
  const { prompt, requests } = await startPaid();
  await prompt({});
  expect(requests()).toEqual([`POST /tunes/${FLUX}/prompts`]);
});

test.each([
  [{ status: 503 }, 'UPSTREAM_UNAVAILABLE'],
  [{ status: 401 }, 'UNAUTHENTICATED'],
  [{ broken: 'reset' }, 'UPSTREAM_UNAVAILABLE'],
  [{ body: {} }, 'UPSTREAM_CONTRACT'],
  [{ body: [] }, 'UPSTREAM_CONTRACT'],
] as const)(
  'where Astria answers %j, nothing is sent, and it may be asked again',
  async (fault, code) => {
    const { prompt, emulator, writes } = await startPaid();
    emulator.fail({ path: '/users', ...fault });
    const { errors } = await prompt(KEYED);
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/nothing was sent, and trying again is safe\.$/),
        extensions: { code, outcome: 'NOT_DONE' },
      },
    ]);
    expect(writes()).toEqual([]);
    expect((await prompt(KEYED)).errors).toBeUndefined();
  },
);

test("the account is recognized by any of its names in Astria's answers", async () => {
  const { account, emulator, clock, deps, writes } = await startPaid();
  const { ledger } = deps;
  const ME = { id: 5, self: true };
  for (const [token, body] of [
    ['sd_a', { id: 5, email: 'a@example.com', payer: ME }],
    ['sd_b', { email: 'a@example.com' }],
    ['sd_c', { payer: ME }],
    // By its key alone: in a team now, and under another address.
    ['sd_a', { email: 'b@example.com', payer: { id: 6, self: false } }],
  ] as const) {
    account.addKey(token);
    emulator.fail({ path: '/users', body });
    const gateway = await startPaid({ token, emulator, clock, ledger });
    expect((await gateway.prompt(KEYED)).data?.createPrompt).toBeDefined();
  }
  expect(writes()).toHaveLength(1);
});

test('the payer of a team does not identify its members', async () => {
  const { emulator, clock, deps, writes } = await startPaid();
  const { ledger } = deps;
  for (const [token, email] of [
    ['sd_a', 'a@example.com'],
    ['sd_b', 'b@example.com'],
  ] as const) {
    emulator.fail({ path: '/users', body: { email, payer: { id: 6, self: false } } });
    await (await startPaid({ token, emulator, clock, ledger })).prompt(KEYED);
  }
  expect(writes()).toHaveLength(2);
});

test("the account of each caller's key is read, in the personal scope and beyond the limit of calls", async () => {
  const environment = { MAX_UPSTREAM_CALLS: '1' };
  const { prompt, emulator, account, writes } = await startPaid({ token: '', environment });
  const { id } = account.addWorkspace({ title: 'Studio' });
  for (const key of ['sd_a', 'sd_b']) {
    const authorization = `Bearer ${key}`;
    for (let time = 0; time < 2; time++) await prompt(KEYED, { authorization });
  }
  const where = { authorization: 'Bearer sd_c', 'x-workspace-id': String(id) };
  await prompt(KEYED, where);
  const asked = emulator.requests.filter(({ path }) => path === '/users');
  expect(asked.map(({ headers }) => [headers.authorization, headers['x-workspace-id']])).toEqual([
    ['Bearer sd_a', undefined],
    ['Bearer sd_b', undefined],
    ['Bearer sd_c', undefined],
  ]);
  expect(writes()).toHaveLength(3);
});

test('an entry of version 0.1 is still found, by the hash of the key alone', async () => {
  const { prompt, deps, writes } = await startPaid();
  const { begin } = deps.ledger;
  const before = hash('sha256', JSON.stringify(['local', hash('sha256', 'sd_test'), 'order 17']));
  deps.ledger.begin = (intent) => {
    expect(intent.keys[0]).toBe(before);
    return begin.call(deps.ledger, { ...intent, keys: [before] });
  };
  const first = await prompt(KEYED);
  deps.ledger.begin = begin;
  expect(await prompt(KEYED)).toEqual(first);
  expect(writes()).toHaveLength(1);
});
