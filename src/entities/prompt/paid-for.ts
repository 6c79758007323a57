/** What was paid for a prompt, and all that decides on its price. */
import { isPrice, type Sample } from '../../prices/estimate.ts';
import type { Prompt } from './rest.ts';
import { statusOfPrompt } from './status.ts';

/** Further processing of an image that its row shows. */
export const WORK = [
  'super_resolution',
  'hires_fix',
  'inpaint_faces',
  'face_correct',
  'face_swap',
] as const;
type Work = (typeof WORK)[number];

export type PromptShape = Partial<Record<Work, boolean | null>> & {
  num_images?: number | null;
  resolution?: string | null;
  video_model?: string | null;
  video_duration?: number | string | null;
};

export type PaidPrompt = Sample & PromptShape & { model: number | null };

export const shapeIn = (row: Prompt): PromptShape => ({
  num_images: row.num_images,
  resolution: row.resolution,
  video_model: row.video_model,
  video_duration: row.video_duration,
  super_resolution: row.super_resolution,
  hires_fix: row.hires_fix,
  inpaint_faces: row.inpaint_faces,
  face_correct: row.face_correct,
  face_swap: row.face_swap,
});

/** Returns undefined for what failed, because it costs nothing. A template may be of somebody else's pack. */
export function paidFor(row: Prompt): PaidPrompt | undefined {
  const { id, cost_mc: costMc, tune_id: model = null, trained_at: at = null } = row;
  if (!isPrice(costMc) || row.pack_id || statusOfPrompt(row) !== 'SUCCEEDED') return undefined;
  return { id, costMc, at, model, ...shapeIn(row) };
}
