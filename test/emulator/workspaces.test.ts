import { expect, test } from 'vitest';
import type { PromptBody } from '../../src/emulator/store.ts';
import { idsOf, type Json, PHOTO, start } from './support.ts';

const tune = { title: 'Maya', image_urls: [PHOTO] };
const GEMINI = 3_618_064;

async function startWithWorkspaces() {
  const started = await start();
  started.account.addWorkspace({ id: 679, title: 'Studio North' });
  started.account.addWorkspace({ id: 680 });
  const inside = (id: string) => started.as('sd_test', { 'x-workspace-id': id });
  return { ...started, inside };
}

test('a workspace sees its own rows, `all` sees all, and no header is Personal', async () => {
  const { account, inside, get } = await startWithWorkspaces();
  account.addTune({ id: 1 });
  account.addTune({ id: 2, workspace_id: 679 });
  account.addTune({ id: 3, workspace_id: 680 });
  expect(idsOf((await get<Json[]>('/tunes')).body)).toEqual([1]);
  expect(idsOf((await inside('679').get<Json[]>('/tunes')).body)).toEqual([2]);
  expect(idsOf((await inside('all').get<Json[]>('/tunes')).body)).toEqual([3, 2, 1]);
});

test('prompts and packs are scoped likewise', async () => {
  const { account, inside, get } = await startWithWorkspaces();
  account.addPrompt({ id: 1 });
  account.addPrompt({ id: 2, workspace_id: 679 });
  account.addPack({ id: 3, workspace_id: 679 });
  expect(idsOf((await get<Json[]>('/prompts')).body)).toEqual([1]);
  expect(idsOf((await get<Json[]>('/packs')).body)).toEqual([]);
  expect(idsOf((await inside('679').get<Json[]>('/prompts')).body)).toEqual([2]);
  expect(idsOf((await inside('679').get<Json[]>('/packs')).body)).toEqual([3]);
});

test('a create lands in the workspace of its header', async () => {
  const { inside, get } = await startWithWorkspaces();
  const prompt = { text: 'a sofa' };
  const { body } = await inside('679').post(`/tunes/${GEMINI}/prompts`, { prompt });
  expect(body.workspace_id).toBe(679);
  expect((await get('/prompts')).body).toEqual([]);
});

test('a create silently lands in Personal when the workspace is not the key’s, or is `all`', async () => {
  const { inside } = await startWithWorkspaces();
  for (const scope of ['4040', 'all']) {
    const { status, body } = await inside(scope).post(`/tunes/${GEMINI}/prompts`, {
      prompt: { text: 'a sofa' },
    });
    expect([scope, status, body.workspace_id]).toEqual([scope, 201, null]);
  }
});

test('a workspace may be named in the prompt', async () => {
  const { post, patch } = await startWithWorkspaces();
  const prompt = { text: 'a sofa', workspace_id: 679 };
  const { body } = await post(`/tunes/${GEMINI}/prompts`, { prompt });
  expect(body.workspace_id).toBe(679);
  const moved = await patch(`/prompts/${body.id}`, { prompt: { workspace_id: 680 } });
  expect(moved.body.workspace_id).toBe(680);
});

test('a tune does not tell its workspace, unless a test wants it to', async () => {
  const { inside, emulator } = await startWithWorkspaces();
  const { body } = await inside('679').post('/tunes', { tune });
  expect(body).not.toHaveProperty('workspace_id');
  emulator.unknowns.tunesTellTheirWorkspace = true;
  expect((await inside('679').get(`/tunes/${body.id}`)).body.workspace_id).toBe(679);
});

test('whether a row is read by id from another workspace is a choice', async () => {
  const { account, get, emulator } = await startWithWorkspaces();
  account.addPrompt({ id: 2, workspace_id: 679 });
  expect((await get('/prompts/2')).status).toBe(200);
  emulator.unknowns.readsAcrossWorkspaces = false;
  expect((await get('/prompts/2')).status).toBe(404);
});

test('workspaces are listed whole, made and changed', async () => {
  const { get, post, patch } = await startWithWorkspaces();
  const { status, body } = await post('/workspaces', { workspace: { title: 'Lookbook SS26' } });
  expect([status, body.slug, body.id]).toEqual([201, 'lookbook-ss26', 700]);
  const changed = await patch(`/workspaces/${body.id}.json`, { workspace: { brief: 'Warm.' } });
  expect(changed.body).toEqual({ ...body, brief: 'Warm.' });
  expect((await get('/workspaces/700.json')).body).toEqual(changed.body);
  expect(idsOf((await get<Json[]>('/workspaces.json')).body)).toEqual([700, 680, 679]);
});

test('another pays in a workspace', async () => {
  const { get, inside, account } = await startWithWorkspaces();
  expect((await get('/users')).body).toMatchObject({
    id: account.userId,
    usd_balance_mc: account.balanceMc,
    payer: { id: account.userId, self: true },
  });
  expect((await inside('679').get('/users')).body).toMatchObject({
    id: account.userId,
    payer: { self: false },
  });
});

test('an account does not see, change or find what is another’s', async () => {
  const { as, account, emulator } = await start();
  account.addTune({ id: 1 });
  account.addPrompt({ id: 2 });
  account.addPack({ id: 3, slug: 'mine' });
  account.addWorkspace({ id: 4 });
  const other = as('sd_other');
  const answers = await Promise.all([
    other.get('/tunes/1'),
    other.get('/tunes/1/prompts'),
    other.get('/prompts/2'),
    other.get('/p/3'),
    other.get('/p/mine'),
    other.get('/workspaces/4.json'),
    other.patch('/tunes/1', { tune: { title: 'x' } }),
    other.remove('/tunes/1'),
    other.remove('/prompts/2'),
    other.post('/prompts/2/likes'),
    other.post('/prompts/2/duplicate'),
    other.post('/tunes/1/prompts', { prompt: { text: 'a sofa' } }),
    other.post('/p/3/tunes', { tune: { tune_ids: [1] } }),
  ]);
  const missing = { status: 404, body: { status: 404, error: 'Not Found' } };
  for (const { status, body } of answers) expect({ status, body }).toEqual(missing);
  for (const list of ['/tunes', '/prompts', '/packs', '/workspaces.json']) {
    expect((await other.get(list)).body).toEqual([]);
  }
  expect([account.tune(1)?.title, account.prompt(2)?.liked]).toEqual(['Tune 1', false]);
  expect(emulator.account('sd_other').userId).not.toBe(account.userId);
});

test('what a key creates only that key lists', async () => {
  const { as } = await start();
  const { body } = await as('sd_a').post<PromptBody>(`/tunes/${GEMINI}/prompts`, {
    prompt: { text: 'a sofa' },
  });
  expect(idsOf((await as('sd_a').get<PromptBody[]>('/prompts')).body)).toEqual([body.id]);
  expect((await as('sd_b').get('/prompts')).body).toEqual([]);
});
