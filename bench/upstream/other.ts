/**
 * The set that nothing was tuned to: shorter pages of longer rows of several shapes, with texts that need escapes
 * and fields that no schema knows. All of it is within Astria's contract.
 */
import { randomFrom, range } from './random.ts';
import { type BodySet, KEY } from './set.ts';
import { type Fields, shaper, writeAsRails } from './shapes.ts';

const TUNES = 650;
const PROMPTS = 90;
/** A busier Astria: of more numbers between two of one account. */
const LONGEST_STEP = 40;
const NEWEST_TUNE = 812_345_678;
const NEWEST_PROMPT = 1_945_042_911;
const BASES = [690_204, 1_504_944, 3_618_064];

const random = randomFrom(20_270_214);
const { below, pick, idsBelow } = random;

const NAMES = ['Jürgen Größler', 'Zoë “Zo” Ångström', 'Łukasz Żak', '田中 さくら', 'Ольга', 'نور'];
const CLASSES = ['woman', 'man', 'Möbelstück', 'chien 🐕', 'swimsuit', 'style'];
const SENTENCES = [
  'She says "not yet" and turns away;\nthe light behind her is the colour of weak tea.',
  'Ein großes Fenster, draußen Nebel über der Spree, drinnen Kerzen – sehr ruhig, viel Körnung.',
  '📸 35mm, ISO 400, f/2.8 ✨ do NOT crop the hands 🙏🏽',
  'Backslashes happen: C:\\photos\\new, and tabs\tbetween words, as pasted from a table.',
  '路地裏の小さな喫茶店、雨上がり、ネオンが水たまりに映る。',
  'Fabric: silk & linen <very thin>, seams at 3/4", no logo anywhere on the garment.',
  'Camera low, horizon at a third, someone out of focus walks through the frame from left to right.',
  'Une lumière d’hiver, un manteau trop grand, l’air de penser à autre chose\u2028et de sourire.',
];
const text = (most: number) =>
  range(1 + below(most))
    .map(() => pick(SENTENCES))
    .join(' ');

const signed = (name: string) =>
  `https://bucket.storage.example/${below(2 ** 32).toString(16)}/${name}?expires=3600&signature=${below(2 ** 32).toString(16)}`;

const NOW = Date.UTC(2027, 1, 14, 9);
/** With an offset now and then, and without parts of a second. */
function timeAt(minutesAgo: number) {
  const time = new Date(NOW - minutesAgo * 60_000 - below(60_000)).toISOString();
  return below(10) === 0 ? time.replace(/\.\d+Z$/, '+00:00') : time;
}

/** A decimal of a database: mostly as text. */
const decimal = (value: number) => (below(4) === 0 ? value : value.toFixed(1));

/** What Astria may have by then, and this contract has not. */
const unknown = (id: number) => ({
  revision: below(9),
  queue: pick(['fast', 'slow', null]),
  moderation: { verdict: 'ok', id: String(id), scores: [below(100) / 100, 1e-7 * below(100)] },
  pipeline: [{ id: id + 1, name: 'step 1', title: 'not the row’s', stages: [[1], [], {}] }],
});

const tuneRow = (id: number, index: number): Fields => ({
  id,
  title: `${pick(NAMES)} ${pick(['', '🧵 ', '"final" ', 'C:\\new '])}${KEY}`,
  name: pick(CLASSES),
  is_api: below(2) === 0,
  token: pick(['ohwx', 'sks', 'ükß']),
  eta: timeAt(index * 5),
  callback: `https://studio.example/hooks?secret=${KEY}&tune=${id}`,
  trained_at: timeAt(index * 5 + 2),
  started_training_at: timeAt(index * 5 + 20),
  expires_at: timeAt(index * 5 - 43_200),
  created_at: timeAt(index * 5 + 22),
  model_type: pick(['lora', 'faceid', 'pti']),
  updated_at: timeAt(index * 5),
  base_tune_id: pick(BASES),
  branch: pick(['flux1', 'sdxl1', 'sd15', 'fast']),
  args: `preset=flux-lora-portrait steps=${below(9)}`,
  steps: 100 + below(3000),
  face_crop: below(2) === 0,
  training_face_correct: below(2) === 0,
  ckpt_url: signed('model.safetensors'),
  ckpt_urls: range(below(3)).map((part) => signed(`model-${part}.safetensors`)),
  cost_mc: below(400_000),
  characteristics: { eye_color: 'grün', tags: [text(1)], height: { cm: 150 + below(50) } },
  auto_extend: below(5) === 0,
  url: `https://api.astria.ai/tunes/${id}.json`,
  orig_images: range(below(5)).map((image) => signed(`${image}.jpg`)),
  ...unknown(id),
});

/** As `test/samples/tunes-list.json` has them. */
const LEAN_TUNE = [
  ...['title', 'name', 'token', 'base_tune_id', 'args', 'steps', 'ckpt_url', 'ckpt_urls'],
  ...['trained_at', 'created_at', 'branch', 'model_type', 'updated_at', 'url', 'orig_images'],
];

const ofTune = shaper({
  random,
  names: Object.keys(tuneRow(0, 0)),
  lean: LEAN_TUNE,
  required: ['id'],
  conditional: ['ckpt_urls', 'characteristics', 'pipeline'],
});
const tunes = idsBelow(NEWEST_TUNE, TUNES, LONGEST_STEP).map((id, i) => ofTune(tuneRow(id, i)));
/** Among the newest page. */
const usedTunes = tunes.filter((_, index) => index % 3 === 1 && index < 48);

function promptRow(id: number, index: number): Fields {
  const tune = pick(usedTunes);
  const others = range(below(3)).map(() => pick(tunes));
  const [images, isVideo] = [below(5), below(8) === 0];
  return {
    id,
    callback: `https://studio.example/hooks?secret=${KEY}&prompt=${id}`,
    trained_at: timeAt(index * 3),
    started_training_at: timeAt(index * 3 + 1),
    created_at: timeAt(index * 3 + 2),
    updated_at: timeAt(index * 3),
    tune_id: tune.id,
    prompt_likes_count: below(30),
    base_pack_id: 314,
    pack_id: 1 + below(500),
    orig_prompt_id: id - 1 - below(1000),
    order_id: 41_000 + below(900),
    workspace_id: 680,
    input_image: signed('input.png'),
    mask_image: signed('mask.png'),
    text: `<lora:${tune.id}:0.${below(10)}> ${text(2)} ${KEY}`,
    negative_prompt: text(1),
    cfg_scale: decimal(1 + below(20) / 2),
    steps: 20 + below(30),
    super_resolution: below(2) === 0,
    inpaint_faces: below(2) === 0,
    hires_fix: below(2) === 0,
    face_correct: below(2) === 0,
    face_swap: below(2) === 0,
    film_grain: below(2) === 0,
    color_grading: pick(['Film Velvia', 'Film Portra']),
    ar: pick(['1:1', '16:9', '3:4']),
    aspect_ratio: pick(['16:9', '1:1']),
    resolution: pick(['1K', '2K', '4K']),
    num_images: Math.max(1, images),
    seed: below(2 ** 32),
    scheduler: pick(['euler_a', 'dpm++2m_karras']),
    controlnet: pick(['pose', 'depth']),
    controlnet_conditioning_scale: decimal(below(10) / 10),
    controlnet_txt2img: below(2) === 0,
    denoising_strength: decimal(below(10) / 10),
    style: pick(['Cinematic', '3D Model', 'Fantasy art']),
    w: pick([512, 1024, 896]),
    h: pick([512, 1344, 1152]),
    cost_mc: below(200_000),
    user_error: text(1),
    video_model: isVideo ? 'seedance2_fast_720p' : null,
    video_prompt: isVideo ? text(2) : null,
    video_duration: isVideo ? decimal(5) : null,
    input_video: isVideo ? signed('input.mp4') : null,
    image_references: range(below(2)).map((image) => signed(`reference-${image}.webp`)),
    url: `https://api.astria.ai/tunes/${tune.id}/prompts/${id}.json`,
    images: range(images).map((image) => (below(40) === 0 ? null : signed(`${image}.jpg`))),
    content_types: range(images).map(() => (isVideo ? 'video/mp4' : 'image/jpeg')),
    filenames: range(images).map((image) => `größe-${id}-${image}.jpg`),
    liked: below(3) === 0,
    tune: excerptOf(tune),
    tunes: others.map(excerptOf),
    progress_timing_seconds: below(900) / 10,
    progress_elapsed_seconds: below(900) / 10,
    ...unknown(id),
  };
}

const excerptOf = ({ id, title = null, name = null }: Fields) => ({ title, id, name });

/** As `test/samples/prompt-created.json` has them. */
const LEAN_PROMPT = [
  ...['text', 'trained_at', 'created_at', 'updated_at', 'cfg_scale', 'steps', 'ar', 'num_images'],
  ...['negative_prompt', 'super_resolution', 'seed', 'url', 'images', 'callback'],
];

const ofPrompt = shaper({
  random,
  names: Object.keys(promptRow(0, 0)),
  lean: LEAN_PROMPT,
  required: ['id', 'tune_id'],
  conditional: ['user_error', 'content_types', 'pipeline'],
});

export const other: BodySet = {
  name: 'other',
  page: 60,
  tunes,
  usedTunes,
  prompts: idsBelow(NEWEST_PROMPT, PROMPTS, LONGEST_STEP).map((id, index) => {
    const row = ofPrompt(promptRow(id, index));
    return { ...row, tune_id: row.tune_id as number };
  }),
  write: writeAsRails,
};
