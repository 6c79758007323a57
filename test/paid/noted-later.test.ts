/** What came of a write is noted, though it could not be at first. */
import { expect, test } from 'vitest';
import { LedgerFailed } from '../../src/paid/ledger/ledger.ts';
import { startPaid } from '../support/paid.ts';

const KEYED = { idempotencyKey: 'order 17' };

/** A gateway whose ledger refuses `act` until `mend` is called. */
async function startRefusing(act: 'free' | 'done') {
  const gateway = await startPaid();
  const { ledger } = gateway.deps;
  const kept = ledger[act];
  ledger[act] = async () => {
    throw new LedgerFailed('the file is locked');
  };
  return { ...gateway, mend: () => Object.assign(ledger, { [act]: kept }) };
}

test('a refusal frees its key as soon as that can be recorded, for any input', async () => {
  const { prompt, emulator, writes, mend } = await startRefusing('free');
  emulator.fail({ method: 'POST', status: 422, body: { text: ['is too long'] } });
  const refused = await prompt(KEYED);
  expect(refused.errors).toMatchObject([{ extensions: { code: 'VALIDATION_FAILED' } }]);
  mend();
  expect((await prompt({ ...KEYED, text: 'shorter' })).errors).toBeUndefined();
  expect(writes()).toHaveLength(2);
});

test('a result is recorded as soon as possible: a retry gets it without a search', async () => {
  const { prompt, requests, mend } = await startRefusing('done');
  const first = await prompt(KEYED);
  expect(first.errors).toBeUndefined();
  mend();
  const before = requests().length;
  expect(await prompt(KEYED)).toEqual(first);
  expect(requests().slice(before)).toEqual(['GET /prompts/45200000']);
});

test('while a result cannot be recorded, nothing is sent under any key, because it may be the same write', async () => {
  const { prompt, emulator, writes } = await startRefusing('free');
  emulator.fail({ method: 'POST', status: 422, body: { text: ['is too long'] } });
  await prompt(KEYED);
  expect((await prompt(KEYED)).errors).toMatchObject([{ extensions: { outcome: 'NOT_DONE' } }]);
  expect(writes()).toHaveLength(1);
});

test('recording is retried automatically', async () => {
  const { prompt, emulator, deps, mend } = await startRefusing('free');
  emulator.fail({ method: 'POST', status: 422, body: { text: ['is too long'] } });
  await prompt(KEYED);
  mend();
  const { ledger } = deps;
  const { free } = ledger;
  const freed = Promise.withResolvers<void>();
  ledger.free = async (id) => {
    await free.call(ledger, id);
    freed.resolve();
  };
  await freed.promise;
});
