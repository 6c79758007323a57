import { invalid, json, must } from './answers.ts';
import { ownerOf, showPack, showPackDetail } from './pack.ts';
import { runPack } from './pack-runs.ts';
import { page } from './paging.ts';
import { noteUnknown } from './parameters.ts';
import { flagOf, numberOf, type Params, textOf } from './params.ts';
import { type Call, inScope, placeOf, route } from './route.ts';
import { type Account, findPack, findTune, type PackRow, type World } from './store.ts';
import { rootOf } from './tune-rules.ts';

export const packRoutes = (world: World) => [
  route(world, 'GET /packs', (call) => json(listPacks(call, call.account))),
  route(world, 'GET /gallery/packs', (call) => json(listPacks(call, world.gallery))),
  route(world, 'POST /packs', (call) => {
    const row = createPack(call, rootOf(call.body, 'pack'));
    return json(showPackDetail(world, call.account, row), 201);
  }),
  route(world, 'GET /p/:id_or_slug', (call) => {
    const pack = packOf(call);
    return json(showPackDetail(world, ownerOf(world, call.account, pack), pack));
  }),
  route(world, 'POST /p/:id_or_slug/tunes', (call) => {
    const params = rootOf(call.body, 'tune');
    noteUnknown(world, 'pack run', params);
    return runPack(call, packOf(call), params);
  }),
];

const packOf = (call: Call): PackRow =>
  must(findPack(call.world, call.account, call.path.id_or_slug ?? ''));

function listPacks(call: Call, owner: Account) {
  noteUnknown(call.world, 'GET /packs', call.query);
  const isPublic = flagOf(call.query, 'public');
  const isListed = flagOf(call.query, 'listed');
  const matches = (row: PackRow) =>
    (owner !== call.account || inScope(call, row)) &&
    (!isPublic || Boolean(row.fields.public_at)) &&
    (!isListed || !row.fields.unlisted_at);
  return page(call, { rows: owner.packs, matches }).map((row) => showPack(owner, row));
}

function createPack(call: Call, params: Params): PackRow {
  const { world, account } = call;
  noteUnknown(world, 'pack', params);
  const title = textOf(params, 'title');
  // Astria's documentation describes several shapes of a 422. This one occurs here, so that clients meet it.
  if (title === null) throw invalid({ errors: { title: ["can't be blank"] } });
  const base = numberOf(params, 'base_tune_id');
  if (base !== null && !findTune(world, account, base)) {
    throw invalid({ errors: { base_tune: ['must exist'] } });
  }
  const id = world.next.pack++;
  return account.packs.add({
    id,
    workspaceId: placeOf(call),
    life: { createdAt: call.now, startsAt: call.now, doneAt: call.now, touchedAt: 0 },
    costShape: 'cost_mc',
    fields: {
      slug: slugOf(account, title, id),
      title,
      subtitle: textOf(params, 'subtitle'),
      main_class_name: null,
      base_tune_id: base,
      token: 'ohwx',
      model_type: textOf(params, 'model_type'),
      multiplier: 1,
      multiplier_api: 1,
      cover_url: null,
      logo: null,
      public_at: null,
      unlisted_at: null,
    },
  });
}

function slugOf(account: Account, title: string, id: number): string {
  const slug = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const isTaken = account.packs.newest().some((pack) => pack.fields.slug === slug);
  return slug === '' || isTaken ? `${slug || 'pack'}-${id}` : slug;
}
