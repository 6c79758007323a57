/** Where Astria is to tell that something is done: at an address of ours, where the client has given none. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { CREATE, input, OTHER, pathOf, SECRET, startCalledBack } from './called-back.ts';
import { startJobs } from './support.ts';

test('the address is the same for one key in one workspace, and contains no id', async () => {
  const { create, given, account, PUBLIC_URL } = await startCalledBack();
  account.addWorkspace({ id: 679, title: 'Studio' });
  await create();
  await create({ text: 'another' });
  await create({ workspaceId: '679' });
  const [first, second, elsewhere] = given();
  expect(first).toBe(second);
  expect(first).toMatch(
    new RegExp(`^${PUBLIC_URL}/callbacks/[0-9a-f]{6}\\.[0-9a-f]{16}-personal\\.[\\w-]{22}$`),
  );
  expect(elsewhere).toMatch(/\.[0-9a-f]{16}-679\./);
  expect(first).not.toContain('sd_test');
});

test("the account's own idempotency still recognizes a prompt", async () => {
  const { create, account, run } = await startCalledBack();
  account.idempotent = true;
  const first = await create({ seed: 7 });
  const { data } = await run(CREATE, { input: { ...input, seed: 7 } });
  expect(data).toMatchObject({
    createPrompt: { prompt: { id: first.id }, warnings: [{ code: 'ALREADY_THERE' }] },
  });
});

test('our own idempotency ignores the address, which may change under a key', async () => {
  const { create, emulator, clock, PUBLIC_URL, deps } = await startCalledBack();
  const first = await create({ idempotencyKey: 'one' });
  const other = await startJobs({
    emulator,
    clock,
    ledger: deps.ledger,
    environment: { PUBLIC_URL, CALLBACK_SECRET: `${OTHER},${SECRET}` },
  });
  const { data } = await other.run(CREATE, { input: { ...input, idempotencyKey: 'one' } });
  expect(data).toMatchObject({ createPrompt: { prompt: { id: first.id } } });
});

test("a client's own callback stays as it is", async () => {
  const { create, given } = await startCalledBack();
  const callback = 'https://app.example/done?secret=1';
  expect((await create({ callback })).callback).toBe(callback);
  expect(given()).toEqual([callback]);
});

test('tunes, their prompts and runs of packs have the address too', async () => {
  const { run, account, emulator } = await startCalledBack();
  account.addTune({ id: 5, model_type: 'lora', name: 'woman' });
  account.addPack({ id: 9, slug: 'coast' });
  account.addPrompt({ id: 70, pack_id: 9, text: '<lora:5:1> ohwx woman' });
  const own = 'https://app.example/prompt';
  const images = ['https://a.example/1.jpg'];
  const made = await run(
    `mutation { createTune(input: { title: "x", name: "woman", modelType: "lora", imageUrls: ${JSON.stringify(images)}, promptsAttributes: [{ text: "sks woman" }, { text: "sks woman b", callback: "${own}" }] }) { tune { id callback } } }`,
  );
  expect(made.errors).toBeUndefined();
  await run('mutation { runPack(input: { id: "coast", tuneIds: [5] }) { message } }');
  await run(
    `mutation { runPack(input: { id: "coast", title: "y", name: "woman", images: [{ url: "${images[0]}" }], promptsCallback: "${own}" }) { tune { callback } } }`,
  );
  const bodies = emulator.requests.flatMap(({ method, body }) =>
    method === 'POST' ? [(body as { tune: Record<string, unknown> }).tune] : [],
  );
  const ours = expect.stringContaining('/callbacks/');
  expect(bodies).toMatchObject([
    { callback: ours, prompts_attributes: [{ callback: ours }, { callback: own }] },
    { tune_ids: [5], prompts_callback: ours },
    { callback: ours, prompts_callback: own },
  ]);
  expect(bodies[1]).not.toHaveProperty('callback');
});

test('no callback is added without PUBLIC_URL, and the address is not found', async () => {
  const { run, emulator, fetch } = await startJobs();
  await run(CREATE, { input });
  expect(JSON.stringify(emulator.requests)).not.toContain('callback');
  expect((await fetch('/callbacks/x', { method: 'POST', body: '{}' })).status).toBe(404);
});

test('a forged address, or that of another owner, is not found, and costs no call', async () => {
  const { create, given, post, outcomes, emulator } = await startCalledBack();
  await create();
  const real = pathOf(given()[0]);
  emulator.clearRequests();
  const [, version, owner, mac] = /callbacks\/(\w+)\.([\w-]+)\.([\w-]+)$/.exec(real) ?? [];
  const body = JSON.stringify({ prompt: { id: 7 } });
  const forged = [
    `/callbacks/${version}.${owner}.${'A'.repeat(22)}`,
    `/callbacks/${version}.${'0'.repeat(16)}-personal.${mac}`,
    `/callbacks/${version}.${owner?.replace('personal', '679')}.${mac}`,
    `/callbacks/000000.${owner}.${mac}`,
    '/callbacks/x',
  ];
  for (const one of forged) expect(await post(one, body)).toBe(404);
  expect(await post(real, Buffer.alloc(1_000_000, ' '))).toBe(413);
  expect(outcomes).toEqual(forged.map(() => 'refused'));
  expect(emulator.requests).toEqual([]);
});

test('a callback that arrives byte by byte is cut off', async () => {
  const { create, given, url, outcomes, logged } = await startCalledBack();
  await create();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(
    `POST ${pathOf(given()[0])} HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n`,
  );
  socket.write('1\r\n \r\n'.repeat(1001));
  socket.resume().on('error', () => {});
  await once(socket, 'close', { signal: AbortSignal.timeout(3000) });
  expect(outcomes).toEqual([]);
  expect(logged).toEqual([]);
});

test('both secrets are accepted during a rotation, and the new one signs', async () => {
  const first = await startCalledBack();
  await first.create();
  const second = await startCalledBack({ CALLBACK_SECRET: `${OTHER},${SECRET}` });
  await second.create();
  const [old] = first.given();
  const [fresh] = second.given();
  expect(pathOf(fresh)).not.toBe(pathOf(old));
  expect(await second.post(pathOf(old), '{}')).toBe(204);
  expect(await second.post(pathOf(fresh), '{}')).toBe(204);
  expect(await first.post(pathOf(fresh), '{}')).toBe(404);
});
