/** Rows that do not say where they are in a way that can be read: callers who are bound do not see them. */
import { expect, test } from 'vitest';
import { IN_679, startBound } from '../support/bound.ts';
import { bearer } from '../support/gateway-keys.ts';

const NO_WORKSPACES = ['683', 683.5, -1, 0, 1e300, true, { id: 683 }, [683], ''];

test.each(NO_WORKSPACES)(
  'a prompt whose workspace is %j is in none that is bound',
  async (value) => {
    const { ask, run, emulator, drift } = await startBound(['personal']);
    const one = '{ prompt(id: 22) { text workspaceId } }';
    const list = '{ prompts { nodes { text } } }';
    emulator.fail({ path: '/prompts/22', patch: { workspace_id: value } });
    expect(await ask(one)).toEqual({ data: { prompt: null } });
    emulator.fail({ path: '/prompts', patch: { '*.workspace_id': value } });
    expect(await ask(list)).toEqual({ data: { prompts: { nodes: [] } } });
    expect(drift()).toMatchObject([
      { route: '/prompts/:id', field: 'workspace_id', kind: 'changed' },
      { route: '/prompts', field: 'workspace_id', kind: 'changed' },
    ]);
    // Nothing is done to it, and who may use all workspaces sees it as ever.
    emulator.fail({ path: '/prompts/22', patch: { workspace_id: value }, times: 2 });
    const { errors } = await ask('mutation { deletePrompt(input: { id: 22 }) { deletedId } }');
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    expect(await run(one, {}, bearer('free'))).toEqual({
      data: { prompt: { text: 'prompt of 683', workspaceId: null } },
    });
  },
);

test('of rows side by side only those are hidden whose workspace cannot be read', async () => {
  const { ask, account, emulator } = await startBound(['personal']);
  for (const id of [40, 41, 42]) account.addPrompt({ id, text: `${id}`, tune_id: 10 });
  // One row is lost altogether, and those behind it move up.
  emulator.fail({ path: '/prompts', patch: { '1.workspace_id': 'x', '0.id': null } });
  const { data } = await ask('{ prompts { nodes { astriaId } } }');
  expect(data).toEqual({ prompts: { nodes: [{ astriaId: 40 }, { astriaId: 20 }] } });
});

test('what was made is not said to be in the personal scope where Astria does not say so', async () => {
  const { ask, emulator } = await startBound(['679']);
  emulator.fail({ method: 'POST', patch: { workspace_id: '679' } });
  const { data } = await ask(
    'mutation { createPrompt(input: { tuneId: 11, text: "x" }) { prompt { text } warnings { code } } }',
    IN_679,
  );
  expect(data).toEqual({ createPrompt: { prompt: { text: 'x' }, warnings: [] } });
});

test.each([
  { model_type: 5 },
  { base_tune_id: 'x' },
  { orig_images: [5] },
  { eta: 5 },
  { expires_at: {} },
])('a tune of another place is no foundation model for %j', async (broken) => {
  const { ask, emulator } = await startBound();
  const none = {
    model_type: null,
    base_tune_id: null,
    orig_images: [],
    eta: null,
    expires_at: null,
  };
  emulator.fail({ path: '/tunes/12', patch: { ...none, ...broken } });
  expect(await ask('{ tune(id: 12) { title } }', IN_679)).toEqual({ data: { tune: null } });
});

test.each([5, true, {}, 'soon'])('a pack is not public since %j', async (public_at) => {
  const { ask, emulator } = await startBound();
  emulator.fail({ path: '/p/32', patch: { public_at } });
  expect(await ask('{ pack(id: 32) { title } }', IN_679)).toEqual({ data: { pack: null } });
});
