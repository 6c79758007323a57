/**
 * The video models in Astria's documentation, and the durations of their videos in seconds. New models appear every month, so
 * an unknown name is not refused.
 */
const DURATIONS: Record<string, string> = {
  seedance_480p: '2-12',
  seedance_v15_720p: '4-12',
  seedance_v15_audio_720p: '4-12',
  seedance2_fast_480p: '4-15',
  seedance2_fast_720p: '4-15',
  seedance2_fast_1080p: '4-15',
  seedance2_fast_4k: '4-15',
  seedance2_480p: '4-15',
  seedance2_720p: '4-15',
  seedance2_1080p: '4-15',
  seedance2_4k: '4-15',
  wan22_720p: '5',
  wan22_fast_480p: '5',
  wan22_fast_580p: '5',
  wan22_fast_720p: '5',
  wan25_720p: '5,10',
  wan26_720p: '5,10,15',
  wan26_1080p: '5,10,15',
  wan27_720p: '5,10,15',
  wan27_1080p: '5,10,15',
  wan_animate_720p: '10',
  ltx23_720p: '5,10,15,20',
  ltx23_1080p: '5,10,15,20',
  kling25: '5,10',
  kling30_standard: '3-15',
  kling30_standard_audio: '3-15',
  kling30_pro: '3-15',
  kling30_pro_audio: '3-15',
  kling30_4k: '3-15',
  kling30_motion_control: '10',
  kling30_motion_control_pro: '10',
  cinematic_video: '5,10,15',
  dreamactor_m2: '10',
  happyhorse_720p: '3-10',
  happyhorse_1080p: '3-10',
  happyhorse_motion_control: '10',
  veo31_fast_720p: '4,6,8',
  veo31_fast_audio_720p: '4,6,8',
  veo31_fast_1080p: '4,6,8',
  veo31_fast_audio_1080p: '4,6,8',
  veo31_fast_4k: '8',
  veo31_fast_audio_4k: '8',
  veo31_lite_720p: '4,6,8',
  veo31_lite_audio_720p: '4,6,8',
  veo31_lite_1080p: '4,6,8',
  veo31_lite_audio_1080p: '4,6,8',
};

/** Kinds of models by their names, as the documentation groups them. */
const MOTION = /_motion_control|^wan_animate_|^dreamactor_/;
const REFERENCES = /^(?:seedance2_|happyhorse_(?:720|1080)p$)/;
const LAST_FRAME = /^(?:seedance_v15_|wan2[67]_|ltx23_|kling|veo31_)/;
const FROM_TEXT = /^(?:seedance25?_|happyhorse_|wan30_|flux3_|minimax_h3_2k)/;
const SEEDANCE_2 = /^seedance25?_/;

/** The models as the catalogue shows them. */
export const VIDEO_MODELS = Object.fromEntries(
  Object.keys(DURATIONS).map((name) => [name, abilitiesOf(name)]),
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
  if (!Object.hasOwn(DURATIONS, name)) return undefined;
  const [first = 0, last] = (DURATIONS[name] ?? '').split('-').map(Number);
  if (last === undefined) return (DURATIONS[name] ?? '').split(',').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
