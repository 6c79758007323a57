/** Astria tells that something is done: at an address of ours, where the client has given none. */
import { expect, test } from 'vitest';
import type { JobsNews } from '../../src/watch/watch.ts';
import { startOutside } from './outside.ts';
import { openEvents } from './sse.ts';
import { at, promptId, startJobs } from './support.ts';

const SECRET = 'a'.repeat(32);
const OTHER = 'b'.repeat(32);
const FLUX = 1504944;
const CREATE = `mutation Create($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { id callback } warnings { code } } }`;
const input = { tuneId: FLUX, text: 'a pier' };

interface Created {
  createPrompt: { prompt: { id: string; callback: string | null } };
}

async function start(environment: Record<string, string> = {}) {
  const { received, url: PUBLIC_URL } = await startOutside();
  const outcomes: string[] = [];
  const onJobs = (news: JobsNews) => void (news.kind === 'callback' && outcomes.push(news.outcome));
  const gateway = await startJobs({
    environment: { PUBLIC_URL, CALLBACK_SECRET: SECRET, ...environment },
    watchers: () => [{ onJobs }],
  });
  const { fetch, run, emulator } = gateway;
  const post = async (path: string, body: string | Buffer, type = 'application/json') => {
    const headers = { 'content-type': type };
    const answer = await fetch(path, {
      method: 'POST',
      headers,
      body: new Uint8Array(Buffer.from(body)),
    });
    await answer.body?.cancel();
    return answer.status;
  };
  const create = async (more = {}) => {
    const { data, errors } = await run<Created>(CREATE, { input: { ...input, ...more } });
    if (!data) throw new Error(JSON.stringify(errors));
    return data.createPrompt.prompt;
  };
  /** The callbacks that Astria was given. */
  const given = () =>
    emulator.requests
      .map(({ body }) => body as { prompt?: { callback?: string } } | null)
      .flatMap((body) => body?.prompt?.callback ?? []);
  return { ...gateway, received, PUBLIC_URL, outcomes, post, create, given };
}

const pathOf = (address: string | undefined) => new URL(address ?? '').pathname;

test('a prompt is told of a second after it is done, and nobody sees the address', async () => {
  const { create, given, received, post, url, clock, quiet, account } = await start();
  const prompt = await create();
  expect(prompt.callback).toBeNull();
  const id = Number(Buffer.from(prompt.id, 'base64url').toString().split(':')[1]);
  expect(account.prompt(id)?.callback).toBe(given()[0]);
  // Of ten minutes: it would be looked at each minute.
  account.updatePrompt(id, { created_at: at(-6000), started_training_at: at(-6000) });
  const stream = await openEvents(url, {
    query: `subscription { prompt(id: "${prompt.id}") { isDone } }`,
  });
  await expect.poll(() => stream.told.length).toBe(1);
  clock.advance(8000);
  await expect.poll(() => received.length).toBe(1);
  await quiet();
  expect(stream.told).toHaveLength(1);
  const [told] = received;
  expect(await post(told?.path ?? '', told?.body ?? '', told?.type)).toBe(204);
  await stream.ended;
  expect(stream.values().at(-1)).toEqual({ isDone: true });
});

test('the address is the same for one key in one workspace, and has no id in it', async () => {
  const { create, given, account, PUBLIC_URL } = await start();
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

test("the account's own idempotency still knows a prompt again", async () => {
  const { create, account, run } = await start();
  account.idempotent = true;
  const first = await create({ seed: 7 });
  const { data } = await run(CREATE, { input: { ...input, seed: 7 } });
  expect(data).toMatchObject({
    createPrompt: { prompt: { id: first.id }, warnings: [{ code: 'ALREADY_THERE' }] },
  });
});

test('our own idempotency does not notice the address: it may change under a key', async () => {
  const { create, emulator, clock, PUBLIC_URL, deps } = await start();
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
  const { create, given } = await start();
  const callback = 'https://app.example/done?secret=1';
  expect((await create({ callback })).callback).toBe(callback);
  expect(given()).toEqual([callback]);
});

test('tunes, their prompts and runs of packs have it too', async () => {
  const { run, account, emulator } = await start();
  account.addTune({ id: 5, model_type: 'lora', name: 'woman' });
  account.addPack({ id: 9, slug: 'coast' });
  account.addPrompt({ id: 70, pack_id: 9, text: '<lora:5:1> ohwx woman' });
  const own = 'https://app.example/prompt';
  const images = ['https://a.example/1.jpg'];
  const made = await run(
    `mutation { createTune(input: { title: "x", name: "woman", modelType: LORA, imageUrls: ${JSON.stringify(images)}, promptsAttributes: [{ text: "ohwx woman" }, { text: "ohwx woman b", callback: "${own}" }] }) { tune { id callback } } }`,
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

test('without PUBLIC_URL nothing is added, and there is no such address', async () => {
  const { run, emulator, fetch } = await startJobs();
  await run(CREATE, { input });
  expect(JSON.stringify(emulator.requests)).not.toContain('callback');
  expect((await fetch('/callbacks/x', { method: 'POST', body: '{}' })).status).toBe(404);
});

test('what is forged, or of another, is not there, and costs nothing', async () => {
  const { create, given, post, outcomes, emulator } = await start();
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

test('while the secret is changed both count, and the new one signs', async () => {
  const first = await start();
  await first.create();
  const second = await start({ CALLBACK_SECRET: `${OTHER},${SECRET}` });
  await second.create();
  const [old] = first.given();
  const [fresh] = second.given();
  expect(pathOf(fresh)).not.toBe(pathOf(old));
  expect(await second.post(pathOf(old), '{}')).toBe(204);
  expect(await second.post(pathOf(fresh), '{}')).toBe(204);
  expect(await first.post(pathOf(fresh), '{}')).toBe(404);
});

test.each([
  ['a prompt', { prompt: { id: 7 } }, 'application/json', 'woken'],
  ['a bare array', [{ id: 8 }, { id: 7 }], 'text/plain', 'woken'],
  [
    'a prompt that calls itself a form',
    { prompt: { id: 7 } },
    'multipart/form-data; boundary=x',
    'woken',
  ],
  ['a tune of the same number', { tune: { id: 7 } }, 'application/json', 'forgotten'],
  ["nobody's prompt", { prompt: { id: 99 } }, 'application/json', 'forgotten'],
  ['nothing of these', { id: 7 }, 'application/json', 'unreadable'],
  ['a number', 7, 'application/json', 'unreadable'],
  ['odd rows', [null, 7, { id: 'x' }], 'application/json', 'forgotten'],
])('%s is read for its ids, and %o', async (_, body, type, outcome) => {
  const { create, given, post, outcomes, url, account, requests, emulator, clock, quiet } =
    await start();
  await create();
  const path = pathOf(given()[0]);
  account.addPrompt({
    id: 7,
    created_at: at(-6000),
    started_training_at: at(-6000),
    trained_at: null,
  });
  const stream = await openEvents(url, { query: 'subscription { prompt(id: 7) { isDone } }' });
  await expect.poll(() => stream.told.length).toBe(1);
  clock.advance(1000);
  emulator.clearRequests();
  expect(await post(path, JSON.stringify(body), type)).toBe(204);
  expect(outcomes).toEqual([outcome]);
  clock.advance(1000);
  await quiet();
  expect(requests()).toEqual(outcome === 'woken' ? ['GET /prompts/7'] : []);
});

test('told five times and out of order it is read once a second, and an event comes for each state', async () => {
  const { create, given, post, url, account, requests, emulator, clock, quiet } = await start();
  await create();
  const path = pathOf(given()[0]);
  const ids = [7, 8];
  for (const id of ids) {
    account.addPrompt({
      id,
      created_at: at(-6000),
      started_training_at: at(-6000),
      trained_at: null,
    });
  }
  const variables = { ids: ids.map(promptId) };
  const query = 'subscription S($ids: [ID!]!) { jobs(ids: $ids) { isDone } }';
  const stream = await openEvents(url, { query, variables });
  await expect.poll(() => stream.told.length).toBe(2);
  clock.advance(1000);
  emulator.clearRequests();
  for (const id of ids)
    account.updatePrompt(id, { trained_at: at(0), images: ['https://a.example/1.png'] });
  for (let time = 0; time < 5; time++) {
    for (const id of [8, 7]) await post(path, JSON.stringify({ prompt: { id } }));
  }
  clock.advance(1000);
  await quiet();
  await stream.ended;
  expect(requests().length).toBeLessThanOrEqual(2);
  expect(stream.values()).toEqual([
    { isDone: false },
    { isDone: false },
    { isDone: true },
    { isDone: true },
  ]);
});

test('a callback of one key wakes nobody who waits with another', async () => {
  const { create, given, post, url, account, requests, emulator, clock, quiet } = await start({
    ALLOW_CALLER_KEYS: 'on',
  });
  await create();
  const path = pathOf(given()[0]);
  account.addPrompt({ id: 7, trained_at: null });
  emulator.account('sd_other').addPrompt({ id: 8, trained_at: null });
  const headers = { authorization: 'Bearer sd_other' };
  const stream = await openEvents(
    url,
    { query: 'subscription { prompt(id: 8) { isDone } }' },
    headers,
  );
  await expect.poll(() => stream.told.length).toBe(1);
  clock.advance(1000);
  emulator.clearRequests();
  await post(path, JSON.stringify({ prompt: { id: 8 } }));
  clock.advance(1000);
  await quiet();
  expect(requests()).toEqual([]);
});

test('where callbacks come, it is looked at less often by a step', async () => {
  const { create, given, post, url, account, requests, emulator, clock, passUntil } = await start();
  await create();
  const path = pathOf(given()[0]);
  account.addPrompt({ id: 7, created_at: at(0), started_training_at: at(0), trained_at: at(21) });
  const stream = await openEvents(url, { query: 'subscription { prompt(id: 7) { isDone } }' });
  await expect.poll(() => stream.told.length).toBe(1);
  emulator.clearRequests();
  await post(path, JSON.stringify({ prompt: { id: 99 } }));
  expect(await passUntil(stream.ended)).toBe(24_000);
  expect(clock.now()).toBe(Date.parse(at(24)));
  // The first is due as it was; then each four seconds.
  expect(requests().length).toBeLessThanOrEqual(7);
});
