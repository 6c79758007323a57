/** The ledger's own answer is lost: what is told must agree with what it says when it is asked again. */
import { expect, test } from 'vitest';
import { HELD_MS, type Ledger, LedgerFailed } from '../../src/paid/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/paid/ledger/sqlite.ts';
import { startPaid } from '../support/paid.ts';
import { told } from '../support/told.ts';

type Step = 'sent' | 'free';

/** A ledger that does as it is told, and whose replies to some steps never come while it is `deaf`. */
async function startDeaf(...steps: Step[]) {
  const state = { deaf: true, isRefused: false, laterMs: 0, steps };
  const now = () => Date.now() + state.laterMs;
  const ledger = await openSqliteLedger(':memory:', told({ now }));
  const losing =
    <Given extends unknown[], Result>(step: Step, act: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      const isLost = state.deaf && state.steps.includes(step);
      // `free` does not even arrive.
      if (isLost && step === 'free') throw new LedgerFailed('no connection');
      if (state.isRefused && step === 'sent') throw new LedgerFailed('READONLY');
      const result = await act.call(ledger, ...given);
      if (isLost) throw new LedgerFailed('the reply is lost', { mayBeDone: true });
      return result;
    };
  const deaf: Ledger = {
    reserve: (...args) => ledger.reserve(...args),
    spending: (...args) => ledger.spending(...args),
    takeDue: (...args) => ledger.takeDue(...args),
    told: (...args) => ledger.told(...args),
    begin: (intent) => ledger.begin(intent),
    sent: losing('sent', ledger.sent),
    done: (...args) => ledger.done(...args),
    free: losing('free', ledger.free),
    lost: (id) => ledger.lost(id),
    claim: (...args) => ledger.claim(...args),
    outbox: ledger.outbox,
    warnings: [],
    waits: 0,
    check: () => ledger.check(),
    close: () => ledger.close(),
  };
  return { ...(await startPaid({ ledger: deaf })), state };
}

const KEYED = { idempotencyKey: 'order 17' };
const outcomes = ({ errors }: { errors?: readonly { extensions?: object }[] }) =>
  errors?.map(({ extensions }) => (extensions as { outcome?: string }).outcome);

test('the reply to `sent` is lost and the key can be freed: NOT_DONE, and a retry is sent', async () => {
  const { prompt, writes, state } = await startDeaf('sent');
  expect(outcomes(await prompt(KEYED))).toEqual(['NOT_DONE']);
  expect(writes()).toEqual([]);
  state.deaf = false;
  expect((await prompt(KEYED)).errors).toBeUndefined();
  expect(writes()).toHaveLength(1);
});

test('the reply to `sent` is lost and the key cannot be freed: UNKNOWN, for every retry too', async () => {
  const { prompt, writes, state } = await startDeaf('sent', 'free');
  expect(outcomes(await prompt(KEYED))).toEqual(['UNKNOWN']);
  state.deaf = false;
  expect(outcomes(await prompt(KEYED))).toEqual(['UNKNOWN']);
  expect(writes()).toEqual([]);
});

test('the sending is refused and the key cannot be freed: NOT_DONE, and a retry is sent', async () => {
  const { prompt, writes, state } = await startDeaf('free');
  state.isRefused = true;
  expect(outcomes(await prompt(KEYED))).toEqual(['NOT_DONE']);
  state.deaf = false;
  state.isRefused = false;
  state.laterMs = HELD_MS + 1;
  expect((await prompt(KEYED)).errors).toBeUndefined();
  expect(writes()).toHaveLength(1);
});
