import { empty, invalid, json } from './answers.ts';
import { page } from './paging.ts';
import { keptOf, noteUnknown } from './parameters.ts';
import { flagOf, has, numberOf, type Params, textOf } from './params.ts';
import { isOfTune, showPrompt } from './prompt.ts';
import { copyOf } from './prompt-copy.ts';
import { checkTemplate, createPrompt, workspaceOf } from './prompt-create.ts';
import { ownPrompt, readablePrompt } from './prompt-of-path.ts';
import { type Call, idOf, inScope, type Responder, route } from './route.ts';
import { type PromptRow, touch, type World } from './store.ts';
import { isoOf } from './timeline.ts';
import { rootOf } from './tune-rules.ts';
import { deleted, readableTune } from './tunes.ts';

const HIGHEST_OFFSET = 10_000;

export function promptRoutes(world: World) {
  const show = (call: Call, row: PromptRow, status = 200) =>
    json(showPrompt(world, call.account, row), status);
  const list = (call: Call, matches: (row: PromptRow) => boolean) =>
    json(listPrompts(call, matches).map((row) => showPrompt(world, call.account, row)));
  const update: Responder = (call) => show(call, updatePrompt(call, ownPrompt(call)));
  const remove: Responder = (call) => {
    call.account.prompts.delete(ownPrompt(call).id);
    return deleted(call, 'Prompt');
  };
  const like: Responder = (call) => {
    call.account.likes.add(readablePrompt(call).id);
    return empty(201);
  };
  const unlike: Responder = (call) => {
    call.account.likes.delete(readablePrompt(call).id);
    return empty(204);
  };
  return [
    route(world, 'GET /prompts', (call) => list(call, () => true)),
    route(world, 'GET /tunes/:tune_id/prompts', (call) => {
      const { id } = readableTune(call, idOf(call, 'tune_id'));
      return list(call, (row) => isOfTune(row, id));
    }),
    route(world, 'GET /prompts/:id', (call) => show(call, readablePrompt(call))),
    route(world, 'GET /tunes/:tune_id/prompts/:id', (call) => show(call, readablePrompt(call))),
    route(world, 'POST /tunes/:tune_id/prompts', async (call) => {
      const params = rootOf(call.body, 'prompt');
      const tune = readableTune(call, idOf(call, 'tune_id'));
      const { row, status } = await createPrompt(call, tune, params);
      return show(call, row, status);
    }),
    route(world, 'POST /prompts/:id/duplicate', async (call) => {
      const { row, status } = await duplicate(call, readablePrompt(call));
      return show(call, row, status);
    }),
    route(world, 'PATCH /prompts/:id', update),
    route(world, 'PATCH /tunes/:tune_id/prompts/:id', update),
    route(world, 'DELETE /prompts/:id', remove),
    route(world, 'DELETE /tunes/:tune_id/prompts/:id', remove),
    // The documentation has both spellings of the path.
    route(world, 'POST /prompts/:id/likes', like),
    route(world, 'POST /prompts/:id/like', like),
    route(world, 'DELETE /prompts/:id/likes', unlike),
    route(world, 'DELETE /prompts/:id/like', unlike),
  ];
}

function listPrompts(call: Call, matches: (row: PromptRow) => boolean): PromptRow[] {
  const { world, account, query } = call;
  noteUnknown(world, 'GET /prompts', query);
  const filter = filterOf(call);
  const packId = numberOf(query, 'pack_id');
  // The templates of a public pack are public. They are listed instead of the account's prompts.
  const isPublic = packId !== null && world.gallery.packs.get(packId) !== undefined;
  return page(call, {
    rows: isPublic ? world.gallery.prompts : account.prompts,
    highestOffset: HIGHEST_OFFSET,
    matches: (row) => (isPublic || inScope(call, row)) && matches(row) && filter(row),
  });
}

const ID_FILTERS = ['pack_id', 'base_pack_id', 'orig_prompt_id', 'order_id'] as const;

function filterOf({ world, account, query, now }: Call): (row: PromptRow) => boolean {
  const tests: ((row: PromptRow) => boolean)[] = [];
  for (const name of ID_FILTERS) {
    const id = numberOf(query, name);
    if (id !== null) tests.push((row) => row.fields[name] === id);
  }
  const text = textOf(query, 'text')?.toLowerCase();
  if (text) tests.push((row) => (row.fields.text ?? '').toLowerCase().includes(text));
  const tuneId = numberOf(query, 'tune_id');
  if (tuneId !== null) {
    const { tuneFilterFindsReferences } = world.unknowns;
    tests.push((row) =>
      tuneFilterFindsReferences ? isOfTune(row, tuneId) : row.fields.tune_id === tuneId,
    );
  }
  const userId = numberOf(query, 'user_id');
  if (userId !== null) tests.push(() => userId === account.userId);
  if (flagOf(query, 'liked')) tests.push((row) => row.fields.liked ?? account.likes.has(row.id));
  if (flagOf(query, 'is_video')) tests.push((row) => Boolean(row.fields.video_model));
  if (flagOf(query, 'is_api')) tests.push((row) => row.isApi);
  // A day in UTC. It is not known which midnight Astria means.
  if (flagOf(query, 'today')) tests.push((row) => dayOf(row.life.createdAt) === dayOf(now));
  return (row) => tests.every((test) => test(row));
}

const dayOf = (moment: number): string => isoOf(moment).slice(0, 10);

const LINKS = ['pack_id', 'base_pack_id', 'orig_prompt_id'] as const;

function updatePrompt(call: Call, row: PromptRow): PromptRow {
  const params = rootOf(call.body, 'prompt');
  noteUnknown(call.world, 'prompt', params);
  checkTemplate(call.account, numberOf(params, 'pack_id'), row.fields.text ?? null);
  const links = LINKS.filter((name) => has(params, name));
  const changes = links.map((name) => [name, numberOf(params, name)]);
  if (has(params, 'workspace_id')) row.workspaceId = workspaceOf(call, params);
  touch(row, Object.fromEntries(changes), call.now);
  Object.assign(row.sent, keptOf(call.world, params));
  return row;
}

/** Creates a copy on the same model, with the requested changes. `image_index` selects the image that begins a video. */
async function duplicate(call: Call, source: PromptRow) {
  const tune = readableTune(call, source.fields.tune_id ?? 0);
  const shown = showPrompt(call.world, call.account, source);
  const overrides = has(call.body, 'prompt') ? rootOf(call.body, 'prompt') : {};
  const frame = firstFrame(call.body, shown.images ?? []);
  const params = { ...copyOf(source), ...frame, ...overrides };
  return createPrompt(call, tune, params, { orig_prompt_id: source.id });
}

function firstFrame(body: Params, images: (string | null)[]): Params {
  const index = numberOf(body, 'image_index');
  if (index === null) return {};
  const image = images[index];
  if (!image) throw invalid({ image_index: ['is not an image of this prompt'] });
  return { video_first_frame_url: image };
}
