import { FieldErrors, invalid, json, must } from './answers.ts';
import { takePictures } from './media.ts';
import { page } from './paging.ts';
import { keptOf, noteUnknown } from './parameters.ts';
import { isParams, listOf, numberOf, type Params, textOf, textsOf } from './params.ts';
import { charge } from './people.ts';
import { showPrompt } from './prompt.ts';
import { createPrompt } from './prompt-create.ts';
import { type Call, idOf, inScope, isReadable, placeOf, route } from './route.ts';
import { findTune, type PromptRow, type TuneRow, touch, type World } from './store.ts';
import { announceTune, showTune, tuneCostMc, tuneLife } from './tune.ts';
import { changesOf, checkBase, checkTune, rootOf, tuneFieldsOf } from './tune-rules.ts';

const HIGHEST_OFFSET = 200;

export const tuneRoutes = (world: World) => [
  route(world, 'GET /tunes', (call) => json(listTunes(call, 'account'))),
  route(world, 'GET /gallery/tunes', (call) => json(listTunes(call, 'gallery'))),
  route(world, 'GET /tunes/:id', (call) => json(showTune(world, readableTune(call, idOf(call))))),
  route(world, 'POST /tunes', async (call) => {
    const params = rootOf(call.body, 'tune');
    noteUnknown(world, 'tune', params);
    const { row, prompts, status } = await createTune(call, params);
    const shown = prompts.map((prompt) => showPrompt(world, call.account, prompt));
    return json({ ...showTune(world, row), ...(shown.length > 0 && { prompts: shown }) }, status);
  }),
  route(world, 'PATCH /tunes/:id', (call) => {
    const row = must(call.account.tunes.get(idOf(call)));
    const params = rootOf(call.body, 'tune');
    noteUnknown(world, 'tune', params);
    touch(row, changesOf(params), call.now);
    Object.assign(row.sent, keptOf(world, params));
    return json(showTune(world, row));
  }),
  route(world, 'DELETE /tunes/:id', (call) => {
    must(call.account.tunes.delete(idOf(call)) || null);
    return deleted(call, 'Tune');
  }),
];

/** Deletes a tune. Its prompts stay, with a `tune` of null. */
export const deleted = ({ world }: Call, what: string): Response =>
  world.unknowns.deleteStatus === 204
    ? new Response(null, { status: 204 })
    : json({ message: `${what} was successfully deleted` });

export function readableTune(call: Call, id: number): TuneRow {
  const row = must(findTune(call.world, call.account, id));
  const isOwn = call.account.tunes.get(id) === row;
  return must(!isOwn || isReadable(call, row) ? row : null);
}

function listTunes(call: Call, owner: 'account' | 'gallery') {
  const { world, query } = call;
  noteUnknown(world, 'GET /tunes', query);
  const isGallery = owner === 'gallery';
  const title = textOf(query, 'title')?.toLowerCase();
  const names = textsOf(query, 'name');
  const modelType = textOf(query, 'model_type');
  const branch = textOf(query, 'branch');
  const matches = (row: TuneRow) =>
    (isGallery || inScope(call, row)) &&
    (!title || (row.fields.title ?? '').toLowerCase().includes(title)) &&
    (names.length === 0 || names.includes(row.fields.name ?? '')) &&
    (!modelType || row.fields.model_type === modelType) &&
    (!branch || row.fields.branch === branch);
  const { tunes } = isGallery ? world.gallery : call.account;
  return page(call, { rows: tunes, highestOffset: HIGHEST_OFFSET, matches }).map((row) =>
    showTune(world, row),
  );
}

/** Creates a tune. This is also the first step of a pack run with photos. */
export async function createTune(
  call: Call,
  params: Params,
): Promise<{ row: TuneRow; prompts: PromptRow[]; status: number }> {
  const { world, account } = call;
  const errors = new FieldErrors();
  checkTune(errors, params);
  checkBase(errors, params, call);
  errors.throwIfAny();
  const replayed = account.idempotent ? tuneTitled(call, textOf(params, 'title')) : undefined;
  if (replayed) return { row: replayed, prompts: [], status: world.unknowns.replayStatus };
  const photos = await takePictures(world, params, 'images');
  if (photos.length === 0) throw invalid({ images: ['must contain at least one image'] });
  const base = findTune(world, account, numberOf(params, 'base_tune_id') ?? 0);
  const { prompts_attributes, ...sent } = keptOf(world, params);
  const row = placeTune(call, { ...tuneFieldsOf(params, base), orig_images: photos }, sent);
  const prompts: PromptRow[] = [];
  for (const prompt of listOf(params, 'prompts_attributes').filter(isParams)) {
    prompts.push((await createPrompt(call, row, prompt)).row);
  }
  return { row, prompts, status: 201 };
}

function tuneTitled(call: Call, title: string | null): TuneRow | undefined {
  for (const row of call.account.tunes.newest()) if (row.fields.title === title) return row;
  return undefined;
}

function placeTune(call: Call, fields: TuneRow['fields'], sent: Params): TuneRow {
  const { world, account } = call;
  const costMc = tuneCostMc(world, fields);
  charge(call, costMc);
  const row = account.tunes.add({
    id: world.next.tune++,
    workspaceId: placeOf(call),
    life: tuneLife(world, fields),
    fields,
    costMc,
    sent,
  });
  call.undo.push(() => account.tunes.delete(row.id));
  announceTune(world, account, row);
  return row;
}
