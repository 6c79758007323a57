/** The tool that waits, its reports, and its end. */
import { expect, test } from 'vitest';
import { HARBOUR, linksOf, MADE, startCalling, textsOf } from './calling.ts';

/** A tune that is ready in half an hour. */
const TRAINING = 'VHVuZTo1MjM5MDc4';

test('wait_for answers when all is done, and reports on the way', async () => {
  const { call, client, passUntil, url } = await startCalling();
  await call('create_prompt', { ...HARBOUR, idempotencyKey: 'harbour 1', maxCost: '0.125' });
  const reports: unknown[] = [];
  const waiting = client.callTool(
    { name: 'wait_for', arguments: { ids: [MADE] } },
    { onprogress: (report) => reports.push(report) },
  );
  await passUntil(waiting);
  const uri = `${url}/images/prompts/45200000/1.png`;
  expect((await waiting).structuredContent).toMatchObject({
    waitFor: {
      isDone: true,
      nodes: [{ id: MADE, promptStatus: 'SUCCEEDED', cost: { usd: 0.125 } }],
    },
  });
  expect(linksOf(await waiting)).toMatchObject([{ uri, mimeType: 'image/png' }]);
  expect(reports).toEqual([{ progress: 5, total: 50 }]);
});

test('wait_for reports for as long as it waits, and no longer', async () => {
  const { client, passUntil, pending } = await startCalling();
  const reports: unknown[] = [];
  const waiting = client.callTool(
    { name: 'wait_for', arguments: { ids: [TRAINING], seconds: 17 } },
    { onprogress: ({ progress }) => reports.push(progress) },
  );
  await passUntil(waiting);
  expect(reports).toEqual([5, 10, 15]);
  expect([...pending]).toEqual([]);
});

test('wait_for that ends too early says to call again', async () => {
  const { call, passUntil } = await startCalling();
  await call('create_prompt', { ...HARBOUR, idempotencyKey: 'harbour 1', maxCost: '0.125' });
  const waiting = call('wait_for', { ids: [MADE], seconds: 1 });
  await passUntil(waiting);
  expect(textsOf(await waiting)[0]).toBe(
    'Not all is done yet: call wait_for again with the same ids.',
  );
});

test('a client that leaves while it waits leaves nothing behind', async () => {
  const { call, deps, post, quiet } = await startCalling();
  await call('create_prompt', { ...HARBOUR, idempotencyKey: 'harbour 1', maxCost: '0.125' });
  const leaving = new AbortController();
  const params = { name: 'wait_for', arguments: { ids: [MADE] }, _meta: { progressToken: 1 } };
  const message = { jsonrpc: '2.0', id: 1, method: 'tools/call', params };
  const waiting = post(message, {}, leaving.signal).then((response) => response.text());
  await expect.poll(() => deps.jobs.seats.taken).toBe(1);
  leaving.abort();
  await expect(waiting).rejects.toThrow();
  await expect.poll(() => deps.jobs.seats.taken).toBe(0);
  await quiet();
  expect([deps.jobs.watched, deps.load.unsent.bytes]).toEqual([0, 0]);
});

test('a client that waits is answered when the process ends', async () => {
  const { call, deps, passUntil } = await startCalling();
  await call('create_prompt', { ...HARBOUR, idempotencyKey: 'harbour 1', maxCost: '0.125' });
  const waiting = call('wait_for', { ids: [MADE] });
  await expect.poll(() => deps.jobs.seats.taken).toBe(1);
  deps.jobs.stop();
  await passUntil(waiting);
  expect((await waiting).structuredContent).toMatchObject({ waitFor: { isDone: false } });
});
