import type { FieldErrors } from './answers.ts';
import { isCallback } from './media.ts';
import { takesResolution, WITH_RESOLUTION } from './models.ts';
import { PROMPT_RANGES } from './parameters.ts';
import { flagOf, numberOf, type Params, textOf } from './params.ts';
import type { TuneRow } from './store.ts';
import { FLUX, SEEDREAM } from './tune.ts';
import { isSeedance2 } from './video-models.ts';
import { checkVideo, needsText } from './video-rules.ts';

/** A prompt that is about to be made, on the model that will run it. */
export interface Draft {
  params: Params;
  /** The tune that the request named. */
  sentTo: TuneRow;
  /** The id of the model that runs it. */
  modelId: number;
  /** The text that runs. It contains the token of `sentTo` if another model runs the prompt. */
  text: string | null;
}

const WHOLE = ['num_images', 'steps', 'seed', 'w', 'h', 'video_duration'];

const CHOICES: Record<string, string[]> = {
  aspect_ratio: '1:1 16:9 9:16 21:9 9:21 3:2 2:3 5:4 4:5 4:3 3:4'.split(' '),
  resolution: ['1K', '2K', '4K'],
  scheduler: 'euler euler_a dpm++2m_karras dpm++sde_karras dpm++2m dpm++sde lcm tcd'.split(' '),
  color_grading: ['Film Velvia', 'Film Portra', 'Ektar'],
};

export function checkPrompt(errors: FieldErrors, draft: Draft): void {
  checkText(errors, draft);
  checkNumbers(errors, draft.params);
  checkChoices(errors, draft.params);
  checkVideo(errors, draft.params);
  if (isFlux(draft)) checkFlux(errors, draft.params);
  if (draft.modelId === SEEDREAM) checkSeedream(errors, draft);
  if (textOf(draft.params, 'resolution') !== null && !takesResolution(draft.modelId)) {
    errors.add('resolution', `only supported for ${WITH_RESOLUTION}`);
  }
  const callback = textOf(draft.params, 'callback');
  if (callback !== null && !isCallback(callback)) errors.add('callback', 'is invalid');
}

const isFlux = ({ modelId, sentTo }: Draft): boolean =>
  modelId === FLUX || (modelId === sentTo.id && sentTo.fields.branch === 'flux1');

function checkText(errors: FieldErrors, { params, sentTo }: Draft): void {
  const text = textOf(params, 'text');
  if (text === null) {
    if (needsText(params)) errors.add('text', "can't be blank");
    return;
  }
  const { token, name, model_type } = sentTo.fields;
  if (model_type !== 'lora' || !token) return;
  const subject = name ? `${token} ${name}` : token;
  // `<1>` is another spelling of the subject token.
  if (!text.includes(subject) && !text.includes('<1>')) {
    errors.add('text', `must include \`${subject}\``);
  }
}

function checkNumbers(errors: FieldErrors, params: Params): void {
  for (const [field, [lowest, highest]] of Object.entries(PROMPT_RANGES)) {
    const value = numberOf(params, field);
    if (value === null) continue;
    if (Number.isNaN(value)) errors.add(field, 'is not a number');
    if (value < lowest) errors.add(field, `must be greater than or equal to ${lowest}`);
    if (value > highest) errors.add(field, `must be less than or equal to ${highest}`);
  }
  for (const field of WHOLE) {
    const value = numberOf(params, field);
    if (value !== null && !Number.isNaN(value) && !Number.isInteger(value)) {
      errors.add(field, 'must be an integer');
    }
  }
  for (const side of ['w', 'h']) {
    const pixels = numberOf(params, side);
    if (pixels === null) continue;
    if (!(pixels > 0) || pixels % 8 !== 0) errors.add(side, 'must be a multiple of 8');
  }
}

function checkChoices(errors: FieldErrors, params: Params): void {
  for (const [field, choices] of Object.entries(CHOICES)) {
    const value = textOf(params, field);
    if (value !== null && !choices.includes(value) && !isAdaptive(params, field))
      errors.add(field, 'is not included in the list');
  }
  for (const field of ['inpaint_faces', 'hires_fix']) {
    if (flagOf(params, field) && !flagOf(params, 'super_resolution')) {
      errors.add(field, 'requires super_resolution');
    }
  }
}

/** Returns whether the field is the aspect ratio `adaptive` of Seedance 2. Only Seedance 2 takes its input's proportions. */
const isAdaptive = (params: Params, field: string): boolean =>
  field === 'aspect_ratio' &&
  textOf(params, field) === 'adaptive' &&
  isSeedance2(textOf(params, 'video_model') ?? '');

function checkFlux(errors: FieldErrors, params: Params): void {
  const scale = numberOf(params, 'cfg_scale');
  if (scale !== null && scale >= 5) errors.add('cfg_scale', 'must be less than 5');
  if (textOf(params, 'negative_prompt') !== null) {
    errors.add('negative_prompt', 'not supported on Flux');
  }
}

function checkSeedream(errors: FieldErrors, { params, text }: Draft): void {
  if (text?.includes('<1>')) errors.add('text', 'must not include `<1>` on Seedream');
  const count = numberOf(params, 'num_images') ?? 1;
  if (count > 4 && count <= 8) errors.add('num_images', 'must be less than or equal to 4');
}
