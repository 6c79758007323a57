import { templatesOf } from './pack.ts';
import { idsBetween } from './random.ts';
import { addPrompt, type PromptFields, sentTo } from './rows.ts';
import { STUDIO_MULTI_PACK, STUDIO_PACK } from './seed-packs.ts';
import {
  bornAt,
  NORTH,
  PROMPTS,
  pickTune,
  type Studio,
  timesFrom,
  uploadsOf,
  workspaceFor,
} from './seed-studio.ts';
import { SAMPLE_BOOTS, SAMPLE_FACE } from './seed-tunes.ts';
import type { TuneRow } from './store.ts';
import { SECOND } from './timeline.ts';
import { GEMINI, isInstant, SDXL, SEEDREAM } from './tune.ts';
import { CLIENTS, moveOf, outfitSceneOf, REFUSALS, sceneOf } from './words.ts';

/** From Astria's samples: a video of a multi pack's order, another of the same order, and one that was refused. */
const VIDEO_PROMPT = 45_042_524;
const FAILED_PROMPT = 45_042_530;
const SISTER_PROMPT = 45_042_523;
const SAMPLE_ORDER = 37_345;

/** Makes one kind of prompt at a moment. Returns undefined if there was no tune for it yet. */
type MakePrompt = (studio: Studio, at: number) => PromptFields | undefined;

const isOf = (type: string | null) => (tune: TuneRow) => tune.fields.model_type === type;
const isPerson = ({ fields }: TuneRow) => fields.name === 'woman' || fields.name === 'man';
const isOnGemini = ({ fields }: TuneRow) => fields.base_tune_id === GEMINI;

/** The largest seeds need more than 31 bits. */
const seedOf = ({ random }: Studio) => (random.below(3) === 0 ? random.below(2 ** 32) : null);

const onLora: MakePrompt = (studio, at) => {
  const tune = pickTune(studio, at, isOf('lora'));
  return (
    tune && {
      ...sentTo(tune, `ohwx ${tune.fields.name} ${outfitSceneOf(studio.random)}`),
      ...studio.random.pick([
        { w: 896, h: 1152, num_images: 4, super_resolution: true },
        { w: 1024, h: 1024, num_images: 2, color_grading: 'Film Portra', film_grain: true },
        { aspect_ratio: '4:5', ar: '4:5', num_images: 4, face_correct: true },
      ]),
      seed: seedOf(studio),
    }
  );
};

const onFace: MakePrompt = (studio, at) => {
  const tune = pickTune(studio, at, (row) => isInstant(row.fields) && isPerson(row));
  return (
    tune && {
      ...sentTo(tune, `${tune.fields.name} ${outfitSceneOf(studio.random)}`),
      aspect_ratio: studio.random.pick(['3:4', '1:1', '4:5']),
      num_images: studio.random.pick([1, 2, 4]),
    }
  );
};

const onCheckpoint: MakePrompt = (studio, at) => {
  const tune = pickTune(studio, at, (row) => isOf(null)(row) && row.fields.base_tune_id === SDXL);
  return (
    tune && {
      ...sentTo(tune, `ohwx ${tune.fields.name ?? ''} ${sceneOf(studio.random)}`),
      negative_prompt: 'blurry, extra fingers, watermark',
      cfg_scale: studio.random.pick(['5.0', '7.0', '3.5']),
      steps: 30,
      scheduler: 'dpm++2m_karras',
      num_images: 4,
      seed: seedOf(studio),
    }
  );
};

const onGemini: MakePrompt = (studio) => ({
  tune_id: GEMINI,
  text: `${studio.random.pick(CLIENTS)} campaign image, two models ${outfitSceneOf(studio.random)}`,
  aspect_ratio: studio.random.pick(['16:9', '3:2', '1:1']),
  resolution: studio.random.pick(['1K', '2K', '4K']),
  num_images: studio.random.pick([1, 2]),
  image_references: uploadsOf(studio, studio.random.below(3)),
});

const onSeedream: MakePrompt = ({ random }) => ({
  tune_id: SEEDREAM,
  text: `empty set for a shoot, ${sceneOf(random)}`,
  aspect_ratio: random.pick(['16:9', '4:3']),
  num_images: 1 + random.below(4),
});

/** Two tunes in one text: a person and clothes. */
const pair: MakePrompt = (studio, at) => {
  const who = pickTune(studio, at, (row) => isOnGemini(row) && isPerson(row));
  const what = pickTune(studio, at, (row) => isOnGemini(row) && !isPerson(row));
  if (!who || !what) return undefined;
  const worn = `<faceid:${what.id}:1.0> ${what.fields.name}`;
  const text = `${who.fields.name} wearing ${worn}, ${sceneOf(studio.random)}`;
  return {
    ...sentTo(who, text),
    aspect_ratio: '3:4',
    num_images: studio.random.pick([1, 2]),
  };
};

const video: MakePrompt = (studio) => ({
  tune_id: GEMINI,
  text: `a model walking ${sceneOf(studio.random)}`,
  aspect_ratio: studio.random.pick(['16:9', '9:16']),
  video_model: studio.random.pick(['seedance2_fast_720p', 'kling30_pro']),
  video_prompt: moveOf(studio.random),
  video_duration: studio.random.pick([5, 5, 8]),
});

const failed: MakePrompt = (studio, at) => ({
  ...(onFace(studio, at) ?? onGemini(studio, at)),
  user_error: studio.random.pick(REFUSALS),
});

/** A run of one of the studio's templates with another face. */
const fromPack: MakePrompt = (studio, at) => {
  const tune = pickTune(studio, at, isOf('lora'));
  const template = templateOf(studio, STUDIO_PACK, `ohwx ${tune?.fields.name} `);
  if (!tune || !template) return undefined;
  const text = (template.text ?? '').replace(/<lora:\d+/, `<lora:${tune.id}`);
  return { ...template, text };
};

const fromMultiPack: MakePrompt = (studio, at) => {
  const isOfClass = (name: string) => (row: TuneRow) => isOnGemini(row) && row.fields.name === name;
  const who = pickTune(studio, at, isOfClass('woman'));
  const what = pickTune(studio, at, isOfClass('boots'));
  const template = templateOf(studio, STUDIO_MULTI_PACK, 'woman wearing');
  if (!who || !what || !template) return undefined;
  return {
    ...template,
    text: `<faceid:${who.id}:1> woman wearing <faceid:${what.id}:1> boots`,
    order_id: 36_500 + studio.account.prompts.size,
  };
};

function templateOf({ account, random }: Studio, packId: number, text: string) {
  const pack = account.packs.get(packId);
  const fitting = (pack ? templatesOf(account, pack) : []).filter((row) =>
    row.fields.text?.includes(text),
  );
  if (fitting.length === 0) return undefined;
  const { id, fields } = random.pick(fitting);
  const { pack_id, ...copied } = fields;
  return { ...copied, base_pack_id: pack_id ?? null, orig_prompt_id: id };
}

/** A copy of a liked prompt. */
const again: MakePrompt = ({ account }) => {
  const source = account.prompts.newest().find(({ id }) => account.likes.has(id));
  if (!source) return undefined;
  const { pack_id, callback, ...copied } = source.fields;
  return { ...copied, orig_prompt_id: source.id };
};

const MIX: MakePrompt[] = [
  [onLora, onGemini, onFace, onCheckpoint, onLora],
  [pair, video, onCheckpoint, fromPack, onSeedream],
  [onFace, onLora, onCheckpoint, onGemini, failed],
  [onLora, again, onFace, fromMultiPack, onLora],
].flat();

export function seedStudioPrompts(studio: Studio): void {
  const ids = idsBetween(studio.random, PROMPTS.ids, 540);
  const samples = sampleOrder();
  for (const [index, id] of ids.entries()) {
    while (samples[0] && samples[0].id < id) addAt(studio, samples.shift() as Sample);
    if (samples.some((sample) => sample.id === id)) continue;
    const at = bornAt(studio, PROMPTS, id);
    const kind = MIX[index % MIX.length] ?? onGemini;
    addAt(studio, {
      ...(kind(studio, at) ?? onGemini(studio, at)),
      id,
      workspace_id: workspaceFor(index),
      is_api: index % 3 > 0,
      liked: index % 7 === 2,
      ...(index % 10 === 0 && { callback: `https://hooks.studio.example/astria?secret=s3cr3t` }),
    });
  }
}

type Sample = PromptFields & { id: number };

function addAt(studio: Studio, fields: Sample): void {
  const { world, account, random } = studio;
  const createdAt = bornAt(studio, PROMPTS, fields.id) + random.below(900);
  const waitedMs = (4 + random.below(240)) * SECOND + 131;
  const ranMs = (fields.video_model ? 90 + random.below(150) : 18 + random.below(100)) * SECOND;
  addPrompt(world, account, { ...timesFrom(createdAt, waitedMs, ranMs), ...fields });
}

const sampleOrder = (): Sample[] => {
  const pair = `<faceid:${SAMPLE_FACE}:1> woman wearing <faceid:${SAMPLE_BOOTS}:1> boots`;
  const ordered = { tune_id: GEMINI, workspace_id: NORTH, order_id: SAMPLE_ORDER };
  const film = { video_model: 'seedance2_fast_720p', video_prompt: 'camera tracks alongside her' };
  const failure = 'The provider refused this prompt.';
  return [
    { id: SISTER_PROMPT, ...ordered, text: pair, base_pack_id: 4_001, orig_prompt_id: 501 },
    {
      id: VIDEO_PROMPT,
      ...ordered,
      text: 'a model walking on a runway',
      aspect_ratio: '16:9',
      ...film,
      video_duration: 5,
      // As in the real row, which is a little more than the list says.
      cost_mc: 140_000,
    },
    { id: FAILED_PROMPT, tune_id: GEMINI, text: 'a crowd at a runway', user_error: failure },
  ];
};
