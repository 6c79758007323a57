import { addTune, type TuneFields } from './rows.ts';
import type { World } from './store.ts';
import { FLUX, GEMINI, GPT_IMAGE, REALISTIC_VISION, SDXL, SEEDREAM } from './tune.ts';

/** The branch of models that other companies run. */
const PARTNER = 'partner-1';

const FOUNDATION: TuneFields[] = [
  { id: FLUX, title: 'Flux.1 dev', branch: 'flux1', created_at: '2024-08-16T09:12:44.120Z' },
  { id: SDXL, title: 'SDXL 1.0', branch: 'sdxl1', created_at: '2023-08-02T11:40:18.002Z' },
  {
    id: REALISTIC_VISION,
    title: 'Realistic Vision v5.1',
    branch: 'sd15',
    created_at: '2023-08-21T08:03:51.644Z',
  },
  {
    id: GEMINI,
    title: 'Nano Banana Pro',
    branch: 'gemini-2',
    created_at: '2025-11-20T16:31:07.410Z',
  },
  { id: SEEDREAM, title: 'Seedream 4.5', branch: PARTNER, created_at: '2025-12-04T10:22:36.981Z' },
  { id: GPT_IMAGE, title: 'GPT Image 2', branch: PARTNER, created_at: '2026-04-22T17:05:12.333Z' },
];

/** Foundation models were never trained: their answers have no training dates, photos or price. */
export function seedFoundation(world: World): void {
  for (const fields of FOUNDATION) {
    addTune(world, world.gallery, {
      name: null,
      token: null,
      base_tune_id: null,
      is_api: false,
      started_training_at: undefined,
      trained_at: undefined,
      expires_at: undefined,
      eta: undefined,
      ckpt_url: null,
      ckpt_urls: [],
      orig_images: undefined,
      cost_mc: undefined,
      ...fields,
    });
  }
}

/** The tunes whose faces the public packs were made with. */
export const MODEL_WOMAN = 1_661_944;
export const MODEL_MAN = 1_533_312;
/** From the sample of a multi pack. */
export const MODEL_FACE = 11;
export const MODEL_BOOTS = 12;

const lora = (id: number, title: string, name: string): TuneFields => ({
  id,
  title,
  name,
  model_type: 'lora',
  base_tune_id: FLUX,
  branch: 'flux1',
  args: 'preset=flux-lora-portrait',
  steps: 300,
});

const faceid = (id: number, title: string, name: string): TuneFields => ({
  id,
  title,
  name,
  model_type: 'faceid',
  base_tune_id: GEMINI,
});

const checkpoint = (id: number, title: string, name: string): TuneFields => ({ id, title, name });

const PUBLIC: TuneFields[] = [
  lora(MODEL_MAN, 'Stock model Anton', 'man'),
  lora(MODEL_WOMAN, 'Stock model Elsa', 'woman'),
  lora(1_812_005, 'Thirty-five millimetre grain', 'style'),
  lora(1_904_481, 'Cinematic realism', 'style'),
  lora(2_077_390, 'Risograph posters', 'style'),
  lora(2_250_116, 'Soft watercolour', 'style'),
  lora(2_418_772, 'Night market neon', 'style'),
  lora(2_960_034, 'Brutalist interiors', 'style'),
  lora(3_402_558, 'Stock model Ravi', 'man'),
  lora(4_120_983, 'Editorial flash', 'style'),
  lora(4_871_206, 'Stock model Wanjiru', 'woman'),
  faceid(MODEL_FACE, 'Elsa, face', 'woman'),
  faceid(MODEL_BOOTS, 'Boots', 'boots'),
  faceid(4_076_525, 'Anton, face', 'man'),
  faceid(4_310_077, 'Bouclé armchair', 'chair'),
  faceid(4_822_913, 'Trench coat, sand', 'coat'),
  faceid(5_010_640, 'Running shoes, lime', 'shoes'),
  faceid(5_102_388, 'Wanjiru, face', 'woman'),
  checkpoint(775_460, 'Analogue portraits XL', 'style'),
  checkpoint(902_114, 'Product table top XL', 'style'),
  checkpoint(1_120_450, 'Children’s book XL', 'style'),
];

/** Public tunes never expire. */
export function seedGalleryTunes(world: World): void {
  for (const [index, fields] of PUBLIC.entries()) {
    const day = String(1 + index).padStart(2, '0');
    addTune(world, world.gallery, {
      auto_extend: true,
      is_api: false,
      created_at: `2025-06-${day}T09:30:00.250Z`,
      trained_at: `2025-06-${day}T09:57:12.500Z`,
      ...fields,
    });
  }
}
