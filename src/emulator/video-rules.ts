import type { FieldErrors } from './answers.ts';
import { isGiven } from './media.ts';
import { numberOf, type Params, textOf } from './params.ts';
import { hasVideoFlag } from './video-flags.ts';
import { isSeedance2, makesVideoFromText, takesDuration, videoModel } from './video-models.ts';

const FRAMES = ['video_first_frame', 'video_last_frame'];
const REFERENCES = ['image_references', 'input_video', 'audio_reference'];
/** Parameters that make a prompt a video. References are for images too. */
const MEDIA = [...FRAMES, 'source_image', 'input_video', 'audio_reference'];

const hasAny = (params: Params, fields: string[]) => fields.some((field) => isGiven(params, field));

/** Returns whether a text is needed: it makes the first frame if the video has no other source. */
export function needsText(params: Params): boolean {
  const name = textOf(params, 'video_model');
  if (hasAny(params, [...MEDIA, ...(name === null ? [] : REFERENCES)])) return false;
  return name === null || !makesVideoFromText(name);
}

export function checkVideo(errors: FieldErrors, params: Params): void {
  const name = textOf(params, 'video_model');
  const prompt = textOf(params, 'video_prompt');
  const isFlagged = hasVideoFlag(textOf(params, 'text'));
  if (name === null && prompt === null && !isFlagged && !hasAny(params, MEDIA)) return;
  if (name === null && !isFlagged) errors.add('video_model', "can't be blank");
  if (prompt === null && !isFlagged) errors.add('video_prompt', "can't be blank");
  if ((numberOf(params, 'num_images') ?? 1) !== 1)
    errors.add('num_images', 'must be 1 for --video');
  if (name !== null) checkModel(errors, params, name);
}

function checkModel(errors: FieldErrors, params: Params, name: string): void {
  if (videoModel(name)?.needs_input_video && !isGiven(params, 'input_video')) {
    errors.add('input_video', "can't be blank");
  }
  const seconds = numberOf(params, 'video_duration');
  if (seconds !== null && !takesDuration(name, seconds)) {
    errors.add('video_duration', 'is not included in the list');
  }
  if (!isSeedance2(name) || !hasAny(params, REFERENCES)) return;
  for (const frame of FRAMES.filter((field) => isGiven(params, field))) {
    errors.add(frame, 'cannot be combined with references, an input video or audio');
  }
}
