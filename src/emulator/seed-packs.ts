import { addPack, addPrompt, type PackFields, type PromptFields } from './rows.ts';
import { MODEL_BOOTS, MODEL_FACE, MODEL_MAN, MODEL_WOMAN } from './seed-gallery.ts';
import { PROMPTS, type Studio } from './seed-studio.ts';
import { SAMPLE_BOOTS, SAMPLE_FACE } from './seed-tunes.ts';
import type { Account, World } from './store.ts';
import { DAY, isoOf } from './timeline.ts';
import { FLUX, GEMINI } from './tune.ts';

const SETTINGS = [
  'in a navy blazer, plain grey backdrop, soft key light',
  'at a standing desk, window light, shallow depth of field',
  'in front of a brick wall, arms crossed, confident smile',
  'in a glass lobby, late sun, looking aside',
  'on a terrace above the city, wind in the hair',
];

interface Authored {
  pack: PackFields & { id: number };
  /** The ids of the templates, by class. */
  templates: Record<string, number[]>;
  /** The tunes in the texts, by class. */
  subjects: Record<string, number>;
}

/** Adds a pack and its templates, which are for LoRAs on Flux, with four images each. */
function author(world: World, owner: Account, { pack, templates, subjects }: Authored): void {
  addPack(world, owner, pack);
  const ids = Object.entries(templates).flatMap(([name, list]) => list.map((id) => ({ id, name })));
  for (const [index, { id, name }] of ids.entries()) {
    const setting = SETTINGS[index % SETTINGS.length];
    addPrompt(world, owner, {
      id,
      pack_id: pack.id,
      tune_id: FLUX,
      text: `<lora:${subjects[name]}:1.0>ohwx ${name} ${setting}`,
      num_images: 4,
      super_resolution: true,
      w: 896,
      h: 1152,
      created_at: pack.created_at,
    });
  }
}

/** Adds a multi pack, which takes several references at once: a person and clothes. */
function authorMulti(world: World, owner: Account, { pack, templates, subjects }: Authored): void {
  addPack(world, owner, {
    use_multi: true,
    base_tune_id: GEMINI,
    token: null,
    model_type: 'faceid',
    reference_class_names: ['woman', 'boots'],
    ...pack,
  });
  for (const id of Object.values(templates).flat()) {
    addPrompt(world, owner, {
      id,
      pack_id: pack.id,
      tune_id: GEMINI,
      text: `<faceid:${subjects.woman}:1> woman wearing <faceid:${subjects.boots}:1> boots`,
      aspect_ratio: '3:4',
      created_at: pack.created_at,
    } satisfies PromptFields);
  }
}

const GALLERY_TITLES = [
  'Dating profile',
  'Old money',
  'Alpine winter',
  'Studio Polaroids',
  'Festival season',
  'Film noir',
  'Golden hour',
  'Maternity',
  'Speaker portraits',
  'Streetwear',
];

export function seedGalleryPacks(world: World): void {
  const { gallery } = world;
  const subjects = { woman: MODEL_WOMAN, man: MODEL_MAN };
  author(world, gallery, {
    pack: {
      id: 260,
      slug: 'corporate-headshots',
      title: 'Corporate Headshots',
      main_class_name: 'person',
      costShape: 'cost',
      created_at: '2024-09-02T19:25:12.970Z',
      public_at: '2025-02-16T17:13:02.204Z',
    },
    templates: { woman: [18_771_572, 18_757_251], man: [20_522_328] },
    subjects,
  });
  for (const [index, title] of GALLERY_TITLES.entries()) {
    author(world, gallery, {
      pack: {
        id: 1_204 + index * 211,
        slug: title.toLowerCase().replaceAll(' ', '-'),
        title,
        subtitle: `${SETTINGS.length} scenes`,
        costShape: index % 2 === 0 ? 'cost_mc_hash' : 'cost_mc',
        created_at: `2025-0${1 + (index % 9)}-11T08:00:00.000Z`,
        public_at: `2025-0${1 + (index % 9)}-14T08:00:00.000Z`,
        unlisted_at: title === 'Film noir' ? '2025-12-01T00:00:00.000Z' : null,
      },
      templates: { woman: span(31_000_000 + index * 40, 3), man: span(31_000_020 + index * 40, 2) },
      subjects,
    });
  }
  authorMulti(world, gallery, {
    pack: {
      id: 4_001,
      slug: 'zara-boot-test',
      title: 'Boots',
      subtitle: 'two references',
      main_class_name: 'shoes',
      created_at: '2026-02-03T10:14:00.000Z',
      public_at: '2026-02-04T10:14:00.000Z',
    },
    templates: { woman: [501, 502, 503] },
    subjects: { woman: MODEL_FACE, boots: MODEL_BOOTS },
  });
}

const span = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => first + index * 3);

/** The ids of the studio's own packs. */
export const STUDIO_PACK = 4_102;
export const STUDIO_MULTI_PACK = 4_150;

/** The studio's templates are older than all of its other prompts. */
export function seedStudioPacks({ world, account }: Studio): void {
  const oldest = world.clock.now() - (PROMPTS.days + 2) * DAY;
  const created_at = isoOf(oldest);
  const woman = idOfLora(account, 'woman');
  const subjects = { woman, man: idOfLora(account, 'man') };
  const packs: [PackFields & { id: number }, firstTemplate: number][] = [
    [{ id: STUDIO_PACK, title: 'Studio headshots', costShape: 'cost_mc' }, 45_000_110],
    [{ id: 4_117, title: 'Editorial portraits', costShape: 'cost_mc_hash' }, 45_000_210],
    [{ id: 4_131, title: 'Lookbook essentials', costShape: 'cost' }, 45_000_310],
  ];
  for (const [pack, first] of packs) {
    const slug = (pack.title ?? '').toLowerCase().replaceAll(' ', '-');
    author(world, account, {
      pack: { ...pack, slug, created_at },
      templates: { woman: span(first, 4), man: span(first + 20, 3) },
      subjects,
    });
  }
  authorMulti(world, account, {
    pack: { id: STUDIO_MULTI_PACK, slug: 'worn-boots', title: 'Worn: boots', created_at },
    templates: { woman: span(45_000_410, 2) },
    subjects: { woman: SAMPLE_FACE, boots: SAMPLE_BOOTS },
  });
  addPack(world, account, { id: 4_163, slug: 'winter-draft', title: 'Winter (draft)', created_at });
}

const idOfLora = ({ tunes }: Account, name: string): number =>
  tunes.newest().find(({ fields }) => fields.model_type === 'lora' && fields.name === name)?.id ??
  0;
