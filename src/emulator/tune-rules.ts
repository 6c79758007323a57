import { FieldErrors, invalid } from './answers.ts';
import { isWebUrl } from './media.ts';
import { flagOf, has, numberOf, objectOf, type Params, textOf } from './params.ts';
import { type Account, findTune, type TuneBody, type World } from './store.ts';

const MODEL_TYPES = ['lora', 'pti', 'faceid'];
const PRESETS = ['flux-lora-focus', 'flux-lora-portrait', 'flux-lora-fast'];

/** What Astria says to a body without its root key, whatever was to be created. */
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
  if (callback !== null && !isWebUrl(callback)) errors.add('callback', 'is invalid');
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

/** A PATCH says only what changes, so only what was sent is looked at. */
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

export function tuneFieldsOf(params: Params): Partial<TuneBody> {
  const modelType = textOf(params, 'model_type');
  const preset = textOf(params, 'preset');
  return {
    title: textOf(params, 'title'),
    name: textOf(params, 'name'),
    token: modelType === 'faceid' ? null : (textOf(params, 'token') ?? 'ohwx'),
    branch: textOf(params, 'branch') ?? 'flux1',
    model_type: modelType,
    base_tune_id: numberOf(params, 'base_tune_id'),
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
