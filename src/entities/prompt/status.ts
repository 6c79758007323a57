import type { Prompt } from './rest.ts';

/** Of a prompt that has images, a plain `error` is no reason: it has not failed. */
export const errorOf = ({ user_error, error, images }: Prompt) =>
  user_error || (images?.length ? null : error) || null;

export function statusOfPrompt(prompt: Prompt) {
  if (errorOf(prompt)) return 'FAILED';
  if (prompt.trained_at) return prompt.images?.length ? 'SUCCEEDED' : 'FAILED';
  return prompt.started_training_at ? 'PROCESSING' : 'QUEUED';
}
