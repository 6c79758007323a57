/** Whether Astria is there at all. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const { signal } = new AbortController();

test('any answer will do, and no key is shown for it', async () => {
  const { deps, emulator } = await startGateway();
  expect(await deps.upstream.reach(signal)).toBe(true);
  emulator.fail({ status: 503 });
  expect(await deps.upstream.reach(signal)).toBe(true);
  expect(emulator.requests.map(({ headers }) => headers.authorization)).toEqual([
    undefined,
    undefined,
  ]);
});

test('no answer is none, and is not waited for longer than is wanted', async () => {
  const { deps, emulator } = await startGateway();
  emulator.fail({ broken: 'reset' });
  expect(await deps.upstream.reach(signal)).toBe(false);
  emulator.fail({ latencyMs: 20_000 });
  const startedAt = performance.now();
  expect(await deps.upstream.reach(AbortSignal.timeout(50))).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
