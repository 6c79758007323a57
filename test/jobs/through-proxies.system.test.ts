/** Streams through what stands between clients and gateways. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PROXY_NAMES } from '../support/proxies.ts';
import { proxyTo } from './proxies.ts';
import { openSubscription } from './sockets.ts';
import { openEvents } from './sse.ts';
import { brief, JOBS, startSubscribed } from './subscribed.ts';
import { at, promptId } from './support.ts';

const IDLE_SECONDS = 4;
const BEAT_MS = 500;
const jobs = (after?: unknown) => ({ query: JOBS, variables: { ids: [promptId(7)], after } });

type Proxy = Awaited<ReturnType<typeof proxyTo>>;
interface Stream {
  values(): Record<string, unknown>[];
  ended: Promise<unknown>;
}
const TRANSPORTS: [string, (proxy: Proxy, after?: unknown) => Promise<Stream>][] = [
  ['server-sent events', ({ url }, after) => openEvents(url, jobs(after))],
  ['WebSocket', async ({ url }, after) => openSubscription(url, jobs(after))],
];

const statesOf = (stream: Stream) => stream.values().map((event) => brief(event)[0]);

describe.each(PROXY_NAMES)('%s', (name) => {
  async function start(heartbeatMs: number) {
    const gateway = await startSubscribed({ sockets: { heartbeatMs } });
    gateway.add(7, 3600, { started_training_at: null });
    const proxy = await proxyTo(gateway.url, name, IDLE_SECONDS);
    return { ...gateway, proxy };
  }

  describe.each(TRANSPORTS)('%s', (_, open) => {
    test('an event arrives at once, and the stream survives without events', async () => {
      const { proxy, clock, deps, account } = await start(BEAT_MS);
      const stream = await open(proxy);
      // Nothing comes behind it that could push it through.
      await expect.poll(() => statesOf(stream)).toEqual(['QUEUED']);
      const heart = setInterval(() => clock.advance(12_000), BEAT_MS);
      onTestFinished(() => clearInterval(heart));
      await sleep(IDLE_SECONDS * 1500);
      expect(deps.jobs.seats.taken).toBe(1);
      account.updatePrompt(7, { user_error: 'no', trained_at: at(3) });
      await stream.ended;
      expect(statesOf(stream)).toEqual(['QUEUED', 'FAILED']);
    });

    test('a stream without heartbeats would be cut', async () => {
      const { proxy } = await start(3_600_000);
      const stream = await open(proxy);
      await expect.poll(() => statesOf(stream)).toEqual(['QUEUED']);
      await stream.ended;
      expect(statesOf(stream)).toEqual(['QUEUED']);
    });

    test('a client resumes from its cursor after a restart of the proxy', async () => {
      const { proxy, deps, account, passUntil } = await start(BEAT_MS);
      const one = await open(proxy);
      await expect.poll(() => statesOf(one)).toEqual(['QUEUED']);
      await proxy.restart();
      await one.ended;
      await expect.poll(() => deps.jobs.seats.taken).toBe(0);
      const two = await open(proxy, one.values()[0]?.cursor);
      await expect.poll(() => deps.jobs.seats.taken).toBe(1);
      account.updatePrompt(7, { user_error: 'no', trained_at: at(3) });
      await passUntil(two.ended);
      expect(statesOf(two)).toEqual(['FAILED']);
    });
  });
});
