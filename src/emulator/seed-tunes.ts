import { idsBetween } from './random.ts';
import { addTune, type TuneFields } from './rows.ts';
import { bornAt, type Studio, TUNES, timesFrom, uploadsOf, workspaceFor } from './seed-studio.ts';
import { MINUTE, SECOND } from './timeline.ts';
import { FLUX, GEMINI, SDXL } from './tune.ts';
import { type Person, personOf, productOf, projectOf } from './words.ts';

/** The face with which the sample of a multi pack was run. */
export const SAMPLE_FACE = 5_234_834;
export const SAMPLE_BOOTS = 5_234_832;

type MakeTune = (studio: Studio) => TuneFields;

const looksOf = ({ random }: Studio): TuneFields['characteristics'] => ({
  eye_color: random.pick(['brown', 'green', 'blue', 'hazel']),
  hair_color: random.pick(['black', 'brunette', 'blonde', 'grey']),
});

export const lora: MakeTune = (studio) => ({
  ...personOf(studio.random),
  model_type: 'lora',
  base_tune_id: FLUX,
  branch: 'flux1',
  token: 'ohwx',
  args: `preset=${studio.random.pick(['flux-lora-focus', 'flux-lora-portrait', 'flux-lora-fast'])}`,
  steps: studio.random.pick([300, 500, 1000]),
  training_face_correct: studio.random.below(3) === 0,
  characteristics: looksOf(studio),
  orig_images: uploadsOf(studio, 8 + studio.random.below(5)),
});

/** A checkpoint: the kind of tune that is older than LoRAs. */
export const checkpoint: MakeTune = (studio) => ({
  title: projectOf(studio.random),
  name: studio.random.pick(['woman', 'man', 'style', null]),
  model_type: null,
  base_tune_id: SDXL,
  branch: 'sdxl1',
  token: 'ohwx',
  steps: 1200,
  face_crop: studio.random.below(2) === 0,
  orig_images: uploadsOf(studio, 10 + studio.random.below(6)),
});

const instant = (studio: Studio, subject: Person, base: number): TuneFields => ({
  ...subject,
  model_type: 'faceid',
  base_tune_id: base,
  token: null,
  face_crop: false,
  orig_images: uploadsOf(studio, 1),
});

const face: MakeTune = (studio) => instant(studio, personOf(studio.random), GEMINI);
const fluxFace: MakeTune = (studio) => instant(studio, personOf(studio.random), FLUX);
const product: MakeTune = (studio) => instant(studio, productOf(studio.random), GEMINI);

const WEEK: MakeTune[] = [
  lora,
  face,
  checkpoint,
  product,
  lora,
  checkpoint,
  fluxFace,
  product,
  checkpoint,
  lora,
];

/** The older half has expired, except tunes with `auto_extend`. */
export function seedStudioTunes(studio: Studio): void {
  const ids = idsBetween(studio.random, TUNES.ids, 200);
  for (const [index, id] of ids.entries()) {
    const kind = WEEK[index % WEEK.length] ?? lora;
    add(studio, id, { ...kind(studio), workspace_id: workspaceFor(index) });
  }
  add(studio, SAMPLE_BOOTS, { ...product(studio), title: 'Ankle boots, rust', name: 'boots' });
  add(studio, SAMPLE_FACE, { ...face(studio), title: 'Maya Okafor, face', name: 'woman' });
}

function add(studio: Studio, id: number, fields: TuneFields): void {
  const { world, account, random } = studio;
  const createdAt = bornAt(studio, TUNES, id) + random.below(900);
  const training = timesFrom(
    createdAt,
    random.below(90) * SECOND + 162,
    (19 + random.below(15)) * MINUTE + random.below(60_000),
  );
  const isInstant = fields.model_type === 'faceid';
  addTune(world, account, {
    ...(isInstant ? { created_at: training.created_at } : training),
    auto_extend: random.below(6) === 0,
    is_api: random.below(4) > 0,
    ...fields,
    id,
  });
}
