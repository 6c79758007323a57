/** To whom an idempotency key belongs: the caller, and the account, whichever of its keys is used. */
import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { FLUX, startPaid } from '../support/paid.ts';

const KEYED = { idempotencyKey: 'order 17' };

test('a new key of the same account is asked whose it is, and sends nothing again', async () => {
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

test('the same key of another account is another', async () => {
  const { prompt, emulator, clock, deps, writes } = await startPaid();
  await prompt(KEYED);
  const { ledger } = deps;
  const other = await startPaid({ token: 'sd_other', emulator, clock, ledger });
  expect((await other.prompt(KEYED)).errors).toBeUndefined();
  expect(writes()).toHaveLength(2);
});

test('without an idempotency key nobody is asked', async () => {
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
        message: expect.stringMatching(/nothing was sent, and asking again is safe\.$/),
        extensions: { code, outcome: 'NOT_DONE' },
      },
    ]);
    expect(writes()).toEqual([]);
    expect((await prompt(KEYED)).errors).toBeUndefined();
  },
);

test('an account without a number is known by its address, or by who pays', async () => {
  const { prompt, emulator, clock, deps, writes } = await startPaid();
  const { ledger } = deps;
  for (const body of [{ email: 'a@example.com' }, { payer: { id: 5, self: true } }, { id: 5 }]) {
    emulator.fail({ path: '/users', body });
    await (await startPaid({ emulator, clock, ledger })).prompt(KEYED);
  }
  expect(writes()).toHaveLength(2);
  expect((await prompt(KEYED)).errors).toBeUndefined();
});

test('what a version before 0.2 noted, under a hash of the key itself, stands', async () => {
  const { prompt, deps, writes } = await startPaid();
  const { begin } = deps.ledger;
  const before = hash('sha256', JSON.stringify(['local', hash('sha256', 'sd_test'), 'order 17']));
  deps.ledger.begin = (intent) => {
    expect(intent.oldKey).toBe(before);
    return begin.call(deps.ledger, { ...intent, key: before, oldKey: undefined });
  };
  const first = await prompt(KEYED);
  deps.ledger.begin = begin;
  expect(await prompt(KEYED)).toEqual(first);
  expect(writes()).toHaveLength(1);
});
