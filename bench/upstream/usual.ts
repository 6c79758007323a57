/** The set that the gateway was tuned to: every field of the contract in every row, as long as real bodies have them. */
import { randomFrom, range } from './random.ts';
import { type BodySet, KEY } from './set.ts';

const TUNES = 1_010;
const PROMPTS = 125;
/** Among the newest hundred, as those are that people work with. */
const TUNES_IN_USE = 20;

const SDXL = 666_678;
const FLUX = 1_504_944;
const NEWEST_TUNE = 5_290_417;
const NEWEST_PROMPT = 45_042_911;

const { below, pick, idsBelow } = randomFrom(20_261_101);

const FIRST_NAMES = ['Ines', 'José', 'Marlow', 'Zoë', 'Amina', 'Jonas', 'Priya', 'Tomás', 'Ruth'];
const LAST_NAMES = ['Okafor', 'Lindqvist', 'Marín', 'Haddad', 'Weiss', 'Tanaka', 'Dubois', 'Novak'];
const CLASSES = ['woman', 'man', 'dress', 'boy', 'girl', 'shoes'];
const SCENES = [
  'a portrait by a window in soft morning light, 85mm, shallow depth of field, natural skin texture',
  'walking on a runway in a long red coat, editorial photography, high contrast, crowd out of focus',
  'in a café in São Paulo, candid, warm colours, film grain, looking past the camera',
  'studio headshot on a grey background, business attire, rim light, sharp focus on the eyes',
  'on a beach at dusk, wind in the hair, wide angle, pastel sky, a photograph from the nineties',
  // People paste what a chat wrote for them, curly quotes and all.
  'standing on the roof of a tower, city lights below — “cinematic”, anamorphic lens, teal and orange',
];

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** As object stores name what they keep. */
const blob = () =>
  `https://images.example/${range(28)
    .map(() => pick([...ALPHABET]))
    .join('')}`;

const NOW = Date.UTC(2026, 10, 1, 12);
const MINUTE = 60_000;
const timeAt = (minutesAgo: number) =>
  new Date(NOW - minutesAgo * MINUTE - below(MINUTE)).toISOString();

const isInUse = (index: number) => index % 5 === 2 && index < TUNES_IN_USE * 5;

function tuneRow(id: number, index: number) {
  const name = pick(CLASSES);
  const checkpoint = blob();
  const age = 30 + index * 7;
  const isCheckpoint = isInUse(index);
  return {
    id,
    title: `${pick(FIRST_NAMES)} ${pick(LAST_NAMES)} ${KEY}`,
    name: index % 11 === 5 ? null : name,
    is_api: true,
    token: 'ohwx',
    eta: timeAt(age - 34),
    callback: `https://studio.example/hooks/tunes?secret=${KEY}&tune=${id}`,
    trained_at: timeAt(age - 28),
    started_training_at: timeAt(age - 1),
    expires_at: timeAt(age - 28 - 30 * 24 * 60),
    created_at: timeAt(age),
    model_type: isCheckpoint ? null : 'lora',
    updated_at: timeAt(age - 28),
    base_tune_id: isCheckpoint ? SDXL : FLUX,
    branch: isCheckpoint ? 'sdxl1' : 'flux1',
    args: isCheckpoint ? null : 'preset=flux-lora-portrait learning_rate=5e-4 lora_rank=16',
    steps: isCheckpoint ? null : 300 + below(20) * 10,
    face_crop: false,
    training_face_correct: false,
    ckpt_url: checkpoint,
    ckpt_urls: [checkpoint],
    cost_mc: 150_000,
    characteristics: { eye_color: pick(['brown', 'green', 'blue']), hair_length: 'shoulder' },
    auto_extend: index % 9 === 0,
    url: `https://api.astria.ai/tunes/${id}.json`,
    orig_images: range(10).map(blob),
  };
}

function promptRow(id: number, index: number) {
  const tune = usedTunes[index % usedTunes.length] as TuneRow;
  const lora = loras[below(40)] as TuneRow;
  const age = 3 + index * 2;
  return {
    id,
    callback: `https://studio.example/hooks/prompts?secret=${KEY}&prompt=${id}`,
    trained_at: timeAt(age - 2),
    started_training_at: timeAt(age - 1),
    created_at: timeAt(age),
    updated_at: timeAt(age - 2),
    tune_id: tune.id,
    prompt_likes_count: below(3),
    base_pack_id: null,
    pack_id: null,
    orig_prompt_id: null,
    order_id: 37_000 + below(900),
    workspace_id: 679,
    input_image: null,
    mask_image: null,
    text: `<lora:${lora.id}:1.0> ohwx ${pick(CLASSES)}, ${pick(SCENES)}, for ${KEY}`,
    negative_prompt: 'nsfw, blurry, double torso, extra fingers, watermark',
    cfg_scale: '3.0',
    steps: 30,
    super_resolution: true,
    inpaint_faces: false,
    hires_fix: false,
    face_correct: false,
    face_swap: false,
    film_grain: false,
    color_grading: null,
    ar: '1:1',
    aspect_ratio: null,
    resolution: null,
    num_images: 4,
    seed: below(2 ** 32),
    scheduler: null,
    controlnet: null,
    controlnet_conditioning_scale: null,
    controlnet_txt2img: false,
    denoising_strength: null,
    style: null,
    w: 1024,
    h: pick([1024, 1280, 768]),
    cost_mc: 11_500,
    user_error: null,
    video_model: null,
    video_prompt: null,
    video_duration: null,
    input_video: null,
    image_references: [],
    url: `https://api.astria.ai/tunes/${tune.id}/prompts/${id}.json`,
    images: range(4).map(blob),
    content_types: range(4).map(() => 'image/jpeg'),
    filenames: range(4).map((image) => `${id}-${image}.jpg`),
    liked: false,
    tune: { id: tune.id, title: tune.title },
    tunes: [{ id: lora.id, title: lora.title, name: lora.name }],
  };
}

type TuneRow = ReturnType<typeof tuneRow>;

const tunes: readonly TuneRow[] = idsBelow(NEWEST_TUNE, TUNES, 5).map(tuneRow);
const loras = tunes.filter((tune) => tune.model_type === 'lora');
const usedTunes: readonly TuneRow[] = tunes.filter((_, index) => isInUse(index));

export const usual: BodySet = {
  name: 'usual',
  page: 100,
  tunes,
  usedTunes,
  prompts: idsBelow(NEWEST_PROMPT, PROMPTS, 5).map(promptRow),
  write: (body) => JSON.stringify(body),
};
