import { referencesOf, showPrompt } from './prompt.ts';
import {
  type Account,
  findTune,
  type PackBody,
  type PackRow,
  type PromptRow,
  type World,
} from './store.ts';
import { isoOf } from './timeline.ts';

/** Returns the account that owns the pack, and so its templates. */
export const ownerOf = (world: World, account: Account, pack: PackRow): Account =>
  account.packs.get(pack.id) === pack ? account : world.gallery;

export const templatesOf = (owner: Account, pack: PackRow): PromptRow[] =>
  owner.prompts
    .newest()
    .filter((row) => row.fields.pack_id === pack.id)
    .toArray();

/** Returns the class that a template is for: the first of the usual ones that its text names. */
export function classOf(pack: PackRow, template: PromptRow): string {
  const text = template.fields.text ?? '';
  const named = ['woman', 'man', 'girl', 'boy'].find((name) =>
    new RegExp(`\\b${name}\\b`).test(text),
  );
  return named ?? pack.fields.main_class_name ?? 'person';
}

/** Shows a pack as lists do. Only the detail has the remaining fields. */
export function showPack(owner: Account, row: PackRow): PackBody {
  const { cover_url, ...listed } = row.fields;
  return {
    id: row.id,
    user_id: owner.userId,
    created_at: isoOf(row.life.createdAt),
    updated_at: isoOf(Math.max(row.life.createdAt, row.life.touchedAt)),
    ...(row.fields.costs || row.fields.cost_mc_hash ? {} : costsOf(owner, row)),
    ...listed,
  };
}

export function showPackDetail(world: World, owner: Account, row: PackRow): PackBody {
  const templates = templatesOf(owner, row);
  const detail = row.fields.use_multi
    ? multiDetail(world, owner, templates)
    : { prompts_per_class: imagesByClass(world, owner, row, templates) };
  const { cover_url = null } = row.fields;
  return { ...detail, ...showPack(owner, row), cover_url };
}

function costsOf(owner: Account, row: PackRow): Partial<PackBody> {
  const classes = byClass(row, templatesOf(owner, row));
  const costs = [...classes].map(([name, templates]) => ({
    name,
    mc: sumOf(templates, priceOf),
    images: sumOf(templates, (template) => template.fields.num_images ?? 1),
  }));
  if (row.costShape === 'cost_mc_hash') {
    return { cost_mc_hash: Object.fromEntries(costs.map(({ name, mc }) => [name, mc])) };
  }
  const isCents = row.costShape === 'cost';
  return {
    costs: Object.fromEntries(
      costs.map(({ name, mc, images }) => [
        name,
        { ...(isCents ? { cost: mc / 1000 } : { cost_mc: mc }), num_images: images },
      ]),
    ),
  };
}

/** One that is given counts. */
const priceOf = ({ fields, costMc }: PromptRow): number => fields.cost_mc ?? costMc;

const sumOf = (rows: PromptRow[], amount: (row: PromptRow) => number): number =>
  rows.reduce((sum, row) => sum + amount(row), 0);

const byClass = (pack: PackRow, templates: PromptRow[]): Map<string, PromptRow[]> =>
  Map.groupBy(templates, (template) => classOf(pack, template));

function imagesByClass(world: World, owner: Account, pack: PackRow, templates: PromptRow[]) {
  return Object.fromEntries(
    [...byClass(pack, templates)].map(([name, rows]) => [
      name,
      rows.map((row) => {
        const images = showPrompt(world, owner, row).images ?? [];
        return { id: row.id, images: images.filter((image) => image !== null) };
      }),
    ]),
  );
}

function multiDetail(world: World, owner: Account, templates: PromptRow[]): Partial<PackBody> {
  const tuneIds = new Set(templates.flatMap(({ fields }) => referencesOf(fields)));
  const tunes = [...tuneIds]
    .map((id) => findTune(world, owner, id))
    .filter((tune) => tune !== undefined)
    .map(({ id, fields }) => ({ id, name: fields.name ?? null, title: fields.title ?? null }));
  const slots = Map.groupBy(tunes, (tune) => tune.name ?? 'subject');
  return {
    template_prompts: templates.map((template) => ({
      id: template.id,
      text: template.fields.text ?? null,
      cost_mc: priceOf(template),
    })),
    template_tunes: tunes,
    template_slots: [...slots].map(([name, members]) => ({
      key: `class-${name.replaceAll(' ', '-')}`,
      label: name.charAt(0).toUpperCase() + name.slice(1),
      filter_names: [name],
      template_tune_ids: members.map((tune) => tune.id),
      tunes: members,
    })),
  };
}
