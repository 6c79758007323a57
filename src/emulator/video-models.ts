/**
 * The video models of Astria's documentation: the published price in cents, and how long their videos may be, in seconds. New
 * ones appear every month, so a name that is not here is no fault.
 */
const PUBLISHED: Record<string, readonly [cents: number, durations: string]> = {
  seedance_480p: [10, '2-12'],
  seedance_v15_720p: [14, '4-12'],
  seedance_v15_audio_720p: [29, '4-12'],
  seedance2_fast_480p: [55, '4-15'],
  seedance2_fast_720p: [110, '4-15'],
  seedance2_fast_1080p: [275, '4-15'],
  seedance2_fast_4k: [550, '4-15'],
  seedance2_480p: [66, '4-15'],
  seedance2_720p: [132, '4-15'],
  seedance2_1080p: [330, '4-15'],
  seedance2_4k: [660, '4-15'],
  wan22_720p: [43, '5'],
  wan22_fast_480p: [6, '5'],
  wan22_fast_580p: [8, '5'],
  wan22_fast_720p: [11, '5'],
  wan25_720p: [53, '5,10'],
  wan26_720p: [53, '5,10,15'],
  wan26_1080p: [79, '5,10,15'],
  wan27_720p: [55, '5,10,15'],
  wan27_1080p: [83, '5,10,15'],
  wan_animate_720p: [44, '10'],
  ltx23_720p: [17, '5,10,15,20'],
  ltx23_1080p: [22, '5,10,15,20'],
  kling25: [39, '5,10'],
  kling30_standard: [92, '3-15'],
  kling30_standard_audio: [139, '3-15'],
  kling30_pro: [123, '3-15'],
  kling30_pro_audio: [185, '3-15'],
  kling30_4k: [263, '3-15'],
  kling30_motion_control: [277, '10'],
  kling30_motion_control_pro: [370, '10'],
  cinematic_video: [84, '5,10,15'],
  dreamactor_m2: [29, '10'],
  happyhorse_720p: [77, '3-10'],
  happyhorse_1080p: [132, '3-10'],
  happyhorse_motion_control: [154, '10'],
  veo31_fast_720p: [85, '4,6,8'],
  veo31_fast_audio_720p: [126, '4,6,8'],
  veo31_fast_1080p: [85, '4,6,8'],
  veo31_fast_audio_1080p: [126, '4,6,8'],
  veo31_fast_4k: [264, '8'],
  veo31_fast_audio_4k: [308, '8'],
  veo31_lite_720p: [44, '4,6,8'],
  veo31_lite_audio_720p: [44, '4,6,8'],
  veo31_lite_1080p: [71, '4,6,8'],
  veo31_lite_audio_1080p: [71, '4,6,8'],
};

/** Kinds of models by their names, as the documentation groups them. */
const MOTION = /_motion_control|^wan_animate_|^dreamactor_/;
const REFERENCES = /^(?:seedance2_|happyhorse_(?:720|1080)p$)/;
const LAST_FRAME = /^(?:seedance_v15_|wan2[67]_|ltx23_|kling|veo31_)/;
const FROM_TEXT = /^(?:seedance25?_|happyhorse_|wan30_|flux3_|minimax_h3_2k)/;
const SEEDANCE_2 = /^seedance25?_/;

/** The models as the catalogue shows them. */
export const VIDEO_MODELS = Object.fromEntries(
  Object.keys(PUBLISHED).map((name) => [name, abilitiesOf(name)]),
);

function abilitiesOf(name: string) {
  const isMotion = MOTION.test(name);
  const isSeedance2 = SEEDANCE_2.test(name);
  return {
    title: titleOf(name),
    motion_control: isMotion,
    needs_input_video: isMotion,
    supports_last_frame: !isMotion && LAST_FRAME.test(name),
    supports_image_references: REFERENCES.test(name),
    supports_audio_reference: isSeedance2,
    generates_audio: isSeedance2 || name.includes('_audio'),
    aspect_ratios: ['16:9', '9:16', '1:1'],
  };
}

/** Makes a title: `seedance2_fast_720p` is "Seedance 2 fast 720p". */
function titleOf(name: string): string {
  const spaced = name.replaceAll('_', ' ').replace(/^([a-z]+)(\d)/, '$1 $2');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export const videoModel = (name: string) =>
  Object.hasOwn(VIDEO_MODELS, name) ? VIDEO_MODELS[name] : undefined;

/** Returns true for an unknown model. */
export const makesVideoFromText = (name: string): boolean =>
  FROM_TEXT.test(name) || !videoModel(name);

/** Seedance 2 makes videos from frames or from references, and takes the aspect ratio `adaptive`. */
export const isSeedance2 = (name: string): boolean => SEEDANCE_2.test(name);

export function takesDuration(name: string, seconds: number): boolean {
  const allowed = durationsOf(name);
  return !allowed || (Number.isInteger(seconds) && allowed.includes(seconds));
}

const USUAL_SECONDS = 5;

/** The duration if none was requested. Astria's default is not documented. */
export function durationOf(name: string): number {
  const allowed = durationsOf(name) ?? [];
  return allowed.find((seconds) => seconds >= USUAL_SECONDS) ?? allowed.at(-1) ?? USUAL_SECONDS;
}

/** Expands `3-15` and `5,10`. */
function durationsOf(name: string): number[] | undefined {
  if (!Object.hasOwn(PUBLISHED, name)) return undefined;
  const [, durations = ''] = PUBLISHED[name] ?? [];
  const [first = 0, last] = durations.split('-').map(Number);
  if (last === undefined) return durations.split(',').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Of a model that is not published. */
const PLAIN_CENTS_PER_SECOND = 28;

/**
 * The base duration of the list is not named: the emulator takes the shortest. With whole cents a second, the one real row that
 * is known (5 seconds of `seedance2_fast_720p` for 1.40 dollars) comes out as it is.
 */
export function videoCentsOf(name: string, seconds: number): number {
  const [base] = durationsOf(name) ?? [];
  const [cents] = (Object.hasOwn(PUBLISHED, name) && PUBLISHED[name]) || [];
  if (!base || !cents) return PLAIN_CENTS_PER_SECOND * seconds;
  return Math.ceil(cents / base) * seconds;
}
