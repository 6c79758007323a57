/** Many processes before one Astria, with a Redis: one look, and all are told. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { pathOf } from './called-back.ts';
import { startOutside } from './outside.ts';
import { startReplicas } from './replicas.ts';
import { brief } from './subscribed.ts';
import { at, promptId } from './support.ts';

const PROCESSING = ['PROCESSING', false, null];
const SUCCEEDED = ['SUCCEEDED', true, 'FINISHED'];
/** Redis is asked again in its own time. */
const PATIENT = { timeout: 30_000 };
/** Nobody looks at it by itself any more. */
const OLD = { created_at: at(-6000), started_training_at: at(-6000) };

type Stream = Awaited<ReturnType<Awaited<ReturnType<typeof startReplicas>>['subscribe']>>;
const stateOf = ({ values }: Stream) => values().map(brief);

describe('with a Redis', () => {
  test('three processes take the calls of one, and each gets what it waits for', async () => {
    const { subscribe, running, looks, pass, emulator, quiet } = await startReplicas(3);
    const ids = Array.from({ length: 60 }, (_, index) => 1000 + index);
    for (const id of ids) running(id, 15);
    const streams: Stream[] = [];
    for (const index of [0, 1, 2]) {
      streams.push(await subscribe(index, ids.slice(index * 20, index * 20 + 20).map(promptId)));
      await quiet();
    }
    emulator.clearRequests();
    await pass(18);
    for (const stream of streams) {
      await stream.ended;
      expect(stateOf(stream)).toEqual([
        ...Array(20).fill(PROCESSING),
        ...Array(20).fill(SUCCEEDED),
      ]);
    }
    // Each two seconds, in one window.
    expect(looks.map(({ ids: count }) => count)).toEqual(Array(8).fill(60));
    expect(emulator.requests).toHaveLength(8);
  });

  test('a process whose last client leaves hands over polling at once, and polls no more', async () => {
    const { subscribe, running, gateways, emulator, pass, quiet } = await startReplicas(2);
    running(7, 15);
    running(8, 15);
    const first = await subscribe(0, [promptId(7)]);
    await quiet();
    const second = await subscribe(1, [promptId(8)]);
    await pass(3);
    emulator.clearRequests();
    first.leave();
    await expect.poll(() => gateways[0]?.deps.jobs.watched).toBe(0);
    // Not some seconds later, when nothing has been heard.
    const paths = () => emulator.requests.map(({ path }) => path);
    await expect.poll(paths, PATIENT).toEqual(['/prompts/8']);
    await pass(13);
    await second.ended;
    expect(stateOf(second)).toEqual([PROCESSING, SUCCEEDED]);
  });

  test('a process that stops hands over polling at once', async () => {
    const { subscribe, running, gateways, emulator, pass, quiet } = await startReplicas(2);
    running(7, 15);
    await subscribe(0, [promptId(7)]);
    await quiet();
    const second = await subscribe(1, [promptId(7)]);
    await pass(3);
    emulator.clearRequests();
    gateways[0]?.deps.jobs.stop();
    await expect.poll(() => emulator.requests.length, PATIENT).toBeGreaterThan(0);
    await pass(13);
    await second.ended;
    expect(stateOf(second)).toEqual([PROCESSING, SUCCEEDED]);
  });

  test('each process polls for itself while Redis is unreachable, and logs that once', async () => {
    const { subscribe, running, gateways, pass, quiet, address, emulator, clock } =
      await startReplicas(2);
    running(7, 15);
    // It outlasts whatever time passes until Redis answers again.
    running(8, 99_999);
    const streams: Stream[] = [];
    for (const index of [0, 1]) {
      streams.push(await subscribe(index, [promptId(7), promptId(8)]));
      await quiet();
    }
    await pass(5);
    address.away(true);
    await pass(15);
    for (const stream of streams) {
      expect(stateOf(stream)).toEqual([PROCESSING, PROCESSING, SUCCEEDED]);
    }
    const lines = () =>
      gateways.map(({ logged }) => logged.filter((line) => line.includes('share their polls')));
    const told = () => lines().map(({ length }) => length);
    await expect.poll(told, PATIENT).toEqual([1, 1]);
    await pass(10);
    expect(told()).toEqual([1, 1]);
    expect(JSON.parse(lines()[1]?.[0] ?? '')).toMatchObject({ level: 50, failures: 1 });
    address.away(false);
    await expect.poll(() => pass(2).then(told), PATIENT).toEqual([2, 2]);
    const now = new Date(clock.now()).toISOString();
    running(9, 9999, { created_at: now, started_training_at: now, trained_at: null });
    const late: Stream[] = [];
    for (const index of [0, 1]) {
      late.push(await subscribe(index, [promptId(9)]));
      await quiet();
    }
    emulator.clearRequests();
    await pass(6);
    const looks = emulator.requests.filter(({ path }) => path === '/prompts/9');
    expect(looks.length).toBeLessThanOrEqual(3);
  });

  test('a callback to one process wakes the process that polls', async () => {
    const outside = await startOutside();
    const { subscribe, account, gateways, emulator, outcomes, clock, quiet, pass } =
      await startReplicas(3, { PUBLIC_URL: outside.url, CALLBACK_SECRET: 's'.repeat(32) });
    account.addPrompt({ id: 7, ...OLD, trained_at: null });
    await subscribe(0, [promptId(7)]);
    await quiet();
    const stream = await subscribe(1, [promptId(7)]);
    await pass(3);
    const address = gateways[2]?.deps.jobs.callbacks?.addressFor('sd_test', null);
    emulator.clearRequests();
    account.updatePrompt(7, { trained_at: at(2), images: ['https://a.example/1.png'] });
    for (let time = 0; time < 5; time++) {
      const body = JSON.stringify({ prompt: { id: 7 } });
      const answer = await gateways[2]?.fetch(pathOf(address), { method: 'POST', body });
      expect(answer?.status).toBe(204);
    }
    await quiet();
    clock.advance(1000);
    await quiet();
    await stream.ended;
    expect(stateOf(stream).at(-1)).toEqual(SUCCEEDED);
    expect(emulator.requests).toHaveLength(1);
    expect(outcomes).toEqual(Array(5).fill('passed'));
  });

  test('a late client that has read an older state gets the known one', async () => {
    const { subscribe, running, account, emulator, pass, quiet } = await startReplicas(2);
    running(7, 60, { started_training_at: at(1) });
    const { user_error: _, ...before } = account.prompt(7) ?? {};
    const first = await subscribe(0, [promptId(7)]);
    await quiet();
    await pass(3);
    expect(stateOf(first).at(-1)).toEqual(PROCESSING);
    emulator.clearRequests();
    emulator.fail({ path: '/prompts/7', status: 200, body: before });
    const second = await subscribe(1, [promptId(7)]);
    await quiet();
    expect(stateOf(second)).toEqual([['QUEUED', false, null], PROCESSING]);
    expect(emulator.requests).toHaveLength(1);
  });

  test('a row that is too large for a message is read by each process', async () => {
    const { subscribe, running, pass, quiet } = await startReplicas(2);
    running(7, 5, { text: 'x'.repeat(300_000) });
    await subscribe(0, [promptId(7)]);
    await quiet();
    const stream = await subscribe(1, [promptId(7)]);
    await pass(8);
    await stream.ended;
    expect(stateOf(stream)).toEqual([PROCESSING, SUCCEEDED]);
  });

  test('a reader of Redis learns nothing, and a writer can forge nothing', async () => {
    const { subscribe, running, pass, quiet, redis } = await startReplicas(2);
    running(7777, 9, { text: 'a secret pier', images: ['https://a.example/signed.png?sig=1'] });
    const listener = redis.duplicate();
    onTestFinished(() => listener.disconnect());
    const said: [channel: string, message: Buffer][] = [];
    listener.on('pmessageBuffer', (_, channel: Buffer, message: Buffer) => {
      said.push([channel.toString(), message]);
    });
    await listener.connect();
    await listener.psubscribe('*');
    await subscribe(0, [promptId(7777)]);
    await quiet();
    const stream = await subscribe(1, [promptId(7777)]);
    await pass(5);
    const gone = JSON.stringify({ from: 'x', kind: 'rows', rows: [['Prompt:7777', null]] });
    const [channel = '', sealed = Buffer.of()] = said.at(-1) ?? [];
    for (const forged of [
      gone,
      Buffer.of(),
      sealed.subarray(0, 20),
      Buffer.concat([sealed, Buffer.of(1)]),
    ]) {
      await redis.publish(channel, forged);
    }
    await redis.publish('{astria-jobs}:callbacks', 'x\n{"owner":7}');
    await pass(6);
    await stream.ended;
    expect(stateOf(stream)).toEqual([PROCESSING, SUCCEEDED]);
    const keys = await redis.keys('*');
    const texts = [...keys, ...said.flat().map(String)].join('\n');
    expect(said.length).toBeGreaterThan(5);
    for (const secret of ['sd_test', '7777', 'pier', 'a.example', 'rows']) {
      expect(texts.replaceAll(gone, '')).not.toContain(secret);
    }
  });

  test('each key gets only its own jobs', async () => {
    const { subscribe, running, emulator, pass, quiet } = await startReplicas(2, {
      ALLOW_CALLER_KEYS: 'on',
    });
    running(7, 5);
    emulator.account('sd_other').addPrompt({ id: 7, ...OLD, trained_at: null });
    const own = await subscribe(0, [promptId(7)]);
    const headers = { authorization: 'Bearer sd_other' };
    const others = await subscribe(1, [promptId(7)], undefined, headers);
    await quiet();
    await pass(8);
    await own.ended;
    expect(stateOf(own)).toEqual([PROCESSING, SUCCEEDED]);
    expect(stateOf(others)).toEqual([PROCESSING]);
  });
});
