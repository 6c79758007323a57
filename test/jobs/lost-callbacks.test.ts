/** However callbacks come, or do not, what is waited for is told. */

import { expect, test } from 'vitest';
import type { CallbackFault } from '../../src/emulator/callback-faults.ts';
import { startOutside } from './outside.ts';
import { openEvents } from './sse.ts';
import { startJobs } from './support.ts';

const CREATE =
  'mutation { createPrompt(input: { tuneId: 1504944, text: "a pier" }) { prompt { id } } }';

test.each<[string, CallbackFault | undefined, number, number]>([
  ['that comes', undefined, 1, 8000],
  ['that is lost', { copies: 0 }, 0, 8000],
  ['that comes twice', { copies: 2 }, 2, 8000],
  ['that is late', { delayMs: 3000 }, 0, 8000],
  ['that is no JSON by its type', { contentType: 'text/html' }, 1, 8000],
])('a callback %s leaves one event of each state', async (_, fault, callbacks, ms) => {
  const outside = await startOutside();
  const gateway = await startJobs({
    environment: { PUBLIC_URL: outside.url, CALLBACK_SECRET: 's'.repeat(32) },
  });
  outside.leadTo(gateway.url);
  const { data } = (await gateway.run(CREATE)) as {
    data: { createPrompt: { prompt: { id: string } } };
  };
  if (fault) gateway.emulator.failCallback(fault);
  const query = `subscription { prompt(id: "${data.createPrompt.prompt.id}") { prompt { status } } }`;
  const stream = await openEvents(gateway.url, { query });
  expect(await gateway.passUntil(stream.ended)).toBe(ms);
  expect(stream.values().map(({ prompt }) => (prompt as { status: string }).status)).toEqual([
    'QUEUED',
    'PROCESSING',
    'SUCCEEDED',
  ]);
  await expect.poll(() => outside.statuses).toEqual(Array(callbacks).fill(204));
});

test('a failure that Astria retries is sent, and then its success', async () => {
  const gateway = await startJobs();
  const { data } = (await gateway.run(CREATE.replace('a pier', 'a pier [retry]'))) as {
    data: { createPrompt: { prompt: { id: string } } };
  };
  const query = `subscription { prompt(id: "${data.createPrompt.prompt.id}") { isDone reason prompt { status userError } } }`;
  const stream = await openEvents(gateway.url, { query });
  await gateway.passUntil(stream.ended);
  expect(stream.values()).toMatchObject([
    { isDone: false, prompt: { status: 'QUEUED' } },
    { isDone: false, prompt: { status: 'PROCESSING' } },
    {
      isDone: false,
      prompt: { status: 'FAILED', userError: 'The provider failed, and is asked again.' },
    },
    { isDone: true, reason: 'FINISHED', prompt: { status: 'SUCCEEDED', userError: null } },
  ]);
});
