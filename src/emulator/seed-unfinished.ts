import { addPrompt, addTune, type PromptFields, sentTo, type TuneFields } from './rows.ts';
import { PROMPTS, type Studio, TUNES } from './seed-studio.ts';
import { checkpoint, lora } from './seed-tunes.ts';
import { isoOf, MINUTE, SECOND } from './timeline.ts';
import { GEMINI, SEEDREAM } from './tune.ts';

/**
 * Adds tunes and prompts that are unfinished when the emulator starts. They run longer than what is created later, so that a
 * visitor sees them unfinished. What is left of their time shrinks with the emulator's durations.
 */
export function seedUnfinished(studio: Studio): void {
  const { world, account } = studio;
  const { tuneRunMs, promptRunMs } = world.durations;
  const now = world.clock.now();
  /** The times are milliseconds from now: negative ones have passed. */
  const span = (created: number, started: number, done: number) => ({
    created_at: isoOf(now + created),
    started_training_at: isoOf(now + started),
    trained_at: isoOf(now + done),
  });
  // Their ids follow the last id of the seeded rows, so they are the newest in every list.
  const tune = (idAfterLast: number, fields: TuneFields) =>
    addTune(world, account, { ...fields, id: TUNES.ids[1] + idAfterLast });
  const prompt = (idAfterLast: number, fields: PromptFields) =>
    addPrompt(world, account, { ...fields, id: PROMPTS.ids[1] + idAfterLast });

  tune(41, { ...lora(studio), ...span(-14 * MINUTE, -12 * MINUTE, 18 * tuneRunMs) });
  const training = tune(78, {
    ...lora(studio),
    title: 'Sofia Moreau',
    name: 'woman',
    ...span(-6 * MINUTE, -5 * MINUTE, 26 * tuneRunMs),
  });
  tune(133, { ...checkpoint(studio), ...span(-2 * MINUTE, 6 * tuneRunMs, 40 * tuneRunMs) });

  prompt(12, {
    ...sentTo(training, 'ohwx woman in a long wool coat, on a pebble beach, overcast sky'),
    num_images: 4,
    ...span(-5 * MINUTE, 27 * tuneRunMs, 27 * tuneRunMs + 10 * promptRunMs),
  });
  prompt(31, {
    tune_id: GEMINI,
    text: 'Halden campaign image, a model turning in a greenhouse',
    video_model: 'seedance2_fast_720p',
    video_prompt: 'slow push in',
    video_duration: 5,
    aspect_ratio: '9:16',
    // More than half of its time has passed, so its first frame is there.
    ...span(-5 * MINUTE, -4 * MINUTE, Math.min(20 * promptRunMs, 3 * MINUTE)),
  });
  prompt(58, {
    tune_id: SEEDREAM,
    text: 'empty set for a shoot, in a hotel lobby, neon signs, 35mm film',
    num_images: 3,
    ...span(-2 * MINUTE, -90 * SECOND, 50 * promptRunMs),
  });
  prompt(77, {
    tune_id: GEMINI,
    text: 'two models in a greenhouse, window light, medium format',
    ...span(-MINUTE, 30 * promptRunMs, 40 * promptRunMs),
  });
  prompt(90, {
    tune_id: GEMINI,
    text: 'a bucket bag on a stone wall, late sun from the left, close-up',
    num_images: 2,
    ...span(-20 * SECOND, 45 * promptRunMs, 52 * promptRunMs),
  });
}
