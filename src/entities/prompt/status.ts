import type { Prompt } from './rest.ts';

/** If a prompt has images, an `error` alone does not mean that it failed. */
export const errorOf = ({ user_error, error, images }: Prompt) =>
  user_error || (images?.length ? null : error) || null;

export function statusOfPrompt(prompt: Prompt) {
  if (errorOf(prompt)) return 'FAILED';
  if (prompt.trained_at) return prompt.images?.length ? 'SUCCEEDED' : 'FAILED';
  return prompt.started_training_at ? 'PROCESSING' : 'QUEUED';
}
