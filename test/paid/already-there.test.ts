/** Nothing new was made: told where it is sure, whatever clocks say. */
import { expect, test } from 'vitest';
import { NOW } from '../support/gateway.ts';
import { FLUX, startPaid } from '../support/paid.ts';

const BEFORE = '2026-11-01T11:59:59.999Z';
/** The shape in which Astria holds what `prompt({})` sends. */
const ALIKE = { tune_id: FLUX, text: 'a pier' };

test.each([
  ['createTune', 'tune'],
  ['createPrompt', 'prompt'],
] as const)(
  "an old object that the account's idempotency answers %s with is told",
  async (_, kind) => {
    const gateway = await startPaid();
    gateway.account.idempotent = true;
    gateway.account.addTune({ title: 'Ines', created_at: BEFORE });
    gateway.account.addPrompt({ ...ALIKE, created_at: BEFORE });
    // Seen, it is known not to be new.
    await gateway.run('{ tunes { nodes { id } } prompts { nodes { id } } }');
    const { data } = await gateway[kind]({});
    expect(JSON.stringify(data)).toContain('"warnings":[{"code":"ALREADY_THERE"}]');
  },
);

test('a new object that was the answer of another write is marked as known too', async () => {
  const { prompt, account } = await startPaid();
  account.idempotent = true;
  const [first, second] = [await prompt({}), await prompt({})];
  expect(first.data?.createPrompt.warnings).toEqual([]);
  expect(second.data?.createPrompt).toEqual({
    prompt: first.data?.createPrompt.prompt,
    warnings: [{ code: 'ALREADY_THERE' }],
  });
});

const [SECOND, HOUR] = [1000, 3_600_000];

test.each([SECOND, HOUR, 48 * HOUR].flatMap((ms) => [ms, -ms]))(
  'what is new is not taken for old when the clock steps by %i ms, before it is sent or while it is under way',
  async (stepMs) => {
    let steppedMs = 0;
    const now = () => Date.parse(NOW) + steppedMs;
    const { prompt, tune, emulator } = await startPaid({ now, upstream: { now } });
    expect((await prompt({ text: 'before' })).data?.createPrompt.warnings).toEqual([]);
    steppedMs += stepMs;
    expect((await prompt({ text: 'after' })).data?.createPrompt.warnings).toEqual([]);
    emulator.fail({ method: 'POST', latencyMs: 50 });
    const underWay = prompt({ text: 'under way' });
    steppedMs += stepMs;
    expect((await underWay).data?.createPrompt.warnings).toEqual([]);
    expect(await tune()).toMatchObject({ data: { createTune: { warnings: [] } } });
  },
);

test('an old object that was never seen is not told of: nothing says for sure that it is old', async () => {
  const { prompt, account } = await startPaid();
  account.idempotent = true;
  account.addPrompt({ ...ALIKE, created_at: BEFORE });
  expect((await prompt({})).data?.createPrompt.warnings).toEqual([]);
});
