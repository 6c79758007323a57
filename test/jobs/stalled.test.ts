/** A stream that has nothing to say lives on; one whose client takes nothing does not. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { LOAD_LIMITS } from '../../src/http/load.ts';
import { openEvents } from './sse.ts';
import { at, startJobs } from './support.ts';

const STALLED_MS = 400;
const load = { connections: { ...LOAD_LIMITS.connections, stalledMs: STALLED_MS } };
const QUERY = 'subscription { prompt(id: 7) { isDone prompt { text } } }';

test('a stream without events is not mistaken for a stalled one', async () => {
  const { account, url, clock, passUntil } = await startJobs({ load });
  account.addPrompt({ id: 7, created_at: at(0), started_training_at: at(0), trained_at: at(9) });
  const stream = await openEvents(url, { query: QUERY });
  await expect.poll(() => stream.told.length).toBe(1);
  await sleep(4 * STALLED_MS);
  expect(clock.now()).toBe(Date.parse(at(0)));
  await passUntil(stream.ended);
  expect(stream.told.map(({ event }) => event)).toEqual(['next', 'next', 'complete']);
});

const LONG = 'x'.repeat(400_000);

test('a client that takes nothing of its events is cut off, and leaves nothing behind', async () => {
  const { account, url, clock, quiet, deps } = await startJobs({ load });
  account.addPrompt({ id: 7, text: LONG, created_at: at(0), started_training_at: at(0) });
  const outgoing = request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
  });
  onTestFinished(() => void outgoing.destroy());
  outgoing.on('error', () => {}).end(JSON.stringify({ query: QUERY }));
  const [response]: IncomingMessage[] = await once(outgoing, 'response');
  response?.on('error', () => {});
  for (let change = 1; deps.jobs.seats.taken > 0; change++) {
    expect(change).toBeLessThan(200);
    account.updatePrompt(7, { updated_at: at(change) });
    clock.advance(4000);
    await quiet();
    await sleep(STALLED_MS / 10);
  }
  expect(deps.jobs.watched).toBe(0);
}, 60_000);
