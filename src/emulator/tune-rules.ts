import { FieldErrors, invalid } from './answers.ts';
import { isCallback } from './media.ts';
import { flagOf, has, numberOf, objectOf, type Params, textOf } from './params.ts';
import { type Account, findTune, type TuneBody, type TuneRow, type World } from './store.ts';
import { isInstant } from './tune.ts';

const MODEL_TYPES = ['lora', 'pti', 'faceid'];
const PRESETS = ['flux-lora-focus', 'flux-lora-portrait', 'flux-lora-fast'];

/** Returns what is under the root key. Astria's answer to a body without it is the same for all endpoints. */
export function rootOf(body: Params, key: string): Params {
  const root = objectOf(body, key);
  if (!root) throw invalid({ images: ['must contain at least one image'] });
  return root;
}

export function checkTune(errors: FieldErrors, params: Params): void {
  if (textOf(params, 'title') === null) errors.add('title', "can't be blank");
  checkName(errors, params);
  const modelType = textOf(params, 'model_type');
  if (modelType !== null && !MODEL_TYPES.includes(modelType)) {
    errors.add('model_type', 'is not included in the list');
  }
  const preset = textOf(params, 'preset');
  if (preset !== null && !PRESETS.includes(preset)) {
    errors.add('preset', 'is not included in the list');
  }
  if (Number.isNaN(numberOf(params, 'steps'))) errors.add('steps', 'is not a number');
  const callback = textOf(params, 'callback');
  if (callback !== null && !isCallback(callback)) errors.add('callback', 'is invalid');
  if (modelType === 'faceid' && textOf(params, 'token') !== null) {
    errors.add('token', 'not allowed for FaceID');
  }
}

function checkName(errors: FieldErrors, params: Params): void {
  const name = textOf(params, 'name');
  if (name !== null && !/^[A-Za-z0-9 ]+$/.test(name)) {
    errors.add('name', 'only English letters, numbers and spaces allowed');
  }
}

export function checkBase(
  errors: FieldErrors,
  params: Params,
  owner: { world: World; account: Account },
): void {
  const base = numberOf(params, 'base_tune_id');
  if (base !== null && !findTune(owner.world, owner.account, base)) {
    errors.add('base_tune', 'must exist');
  }
}

/** Checks only the fields that a PATCH contains. */
export function changesOf(params: Params): Partial<TuneBody> {
  const errors = new FieldErrors();
  if (has(params, 'title') && textOf(params, 'title') === null) {
    errors.add('title', "can't be blank");
  }
  checkName(errors, params);
  errors.throwIfAny();
  return {
    ...(has(params, 'title') && { title: textOf(params, 'title') }),
    ...(has(params, 'name') && { name: textOf(params, 'name') }),
    ...(has(params, 'auto_extend') && { auto_extend: flagOf(params, 'auto_extend') ?? false }),
    ...(has(params, 'characteristics') && { characteristics: objectOf(params, 'characteristics') }),
  };
}

/** The branch of a tune without a base. */
const OLDEST_BRANCH = 'sd15';
/** Returns the subject token. Tunes of the oldest branch have another one. */
const tokenIn = (branch: string | null): string => (branch === OLDEST_BRANCH ? 'sks' : 'ohwx');

export function tuneFieldsOf(params: Params, base: TuneRow | undefined): Partial<TuneBody> {
  const modelType = textOf(params, 'model_type');
  const baseId = numberOf(params, 'base_tune_id');
  const preset = textOf(params, 'preset');
  const branch = textOf(params, 'branch') ?? (base ? (base.fields.branch ?? null) : OLDEST_BRANCH);
  const hasToken = !isInstant({ model_type: modelType, base_tune_id: baseId });
  return {
    title: textOf(params, 'title'),
    name: textOf(params, 'name'),
    token: hasToken ? (textOf(params, 'token') ?? tokenIn(branch)) : null,
    branch,
    model_type: modelType,
    base_tune_id: baseId,
    is_api: true,
    args: preset === null ? null : `preset=${preset}`,
    steps: numberOf(params, 'steps'),
    face_crop: flagOf(params, 'face_crop'),
    training_face_correct: flagOf(params, 'training_face_correct') ?? false,
    callback: textOf(params, 'callback'),
    characteristics: objectOf(params, 'characteristics'),
    auto_extend: flagOf(params, 'auto_extend') ?? false,
  };
}
