/** Looks for what a lost write made: at whose cost, and for how long. */
import { expect, test } from 'vitest';
import { KEPT_MS } from '../../src/paid/ledger/ledger.ts';
import { NOW } from '../support/gateway.ts';
import { FLUX, FOUND, LOST, startPaid, UNKNOWN } from '../support/paid.ts';

test('searches count as calls of the operation, but the limit does not stop them', async () => {
  const { run, emulator } = await startPaid({ environment: { MAX_UPSTREAM_CALLS: '1' } });
  emulator.fail(LOST);
  const query = `mutation { createPrompt(input: { tuneId: ${FLUX}, text: "a pier" }) { warnings { code } } }`;
  const { data, extensions } = await run(query, {}, { 'x-upstream-report': '1' });
  expect(data).toEqual({ createPrompt: { warnings: FOUND } });
  expect(extensions?.upstream).toMatchObject({
    calls: 2,
    requests: [
      { method: 'POST', route: '/tunes/:tune_id/prompts', status: 504 },
      { method: 'GET', route: '/prompts', status: 200 },
    ],
  });
});

test('other calls of the operation are limited as before', async () => {
  const { run, emulator } = await startPaid({ environment: { MAX_UPSTREAM_CALLS: '2' } });
  emulator.fail(LOST);
  const query = `mutation { createPrompt(input: { tuneId: ${FLUX}, text: "a pier" }) { query { a: tunes { nodes { id } } b: viewer { email } } } }`;
  const { data, errors } = await run(query, {}, { 'x-upstream-report': '1' });
  expect({ data, errors }).toMatchObject({ errors: [{ extensions: { limit: { max: 2 } } }] });
});

test('there is no search in the last hour of a key, because other entries may be forgotten', async () => {
  const { prompt, account, emulator, clock, requests } = await startPaid();
  const keyed = { idempotencyKey: 'order 17' };
  emulator.fail({ method: 'POST', status: 504 });
  await prompt(keyed);
  account.addPrompt({ id: 51, text: 'a pier', tune_id: FLUX, created_at: NOW });
  clock.advance(KEPT_MS - 30 * 60_000);
  const before = requests().length;
  expect((await prompt(keyed)).errors).toMatchObject([{ extensions: UNKNOWN }]);
  expect(requests()).toHaveLength(before);
});
