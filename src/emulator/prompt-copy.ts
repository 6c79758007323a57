import { knownOf } from './parameters.ts';
import type { Params } from './params.ts';
import type { PromptRow } from './store.ts';

/**
 * Returns the parameters that make a copy of a prompt: all that it was made with, and the changes since. It leaves out the pack
 * (a copy of a pack's template is an ordinary prompt), the callback, and the workspace (the request's is used).
 */
export function copyOf({ fields, sent }: PromptRow): Params {
  // Files and base64 data are stored by now, so they are sent as addresses. `ar` is derived from other fields, unless it was
  // sent.
  const { ar, input_image, mask_image, input_video, image_references, ...plain } = fields;
  const { pack_id, callback, workspace_id, input_image_base64, ...copied } = {
    ...sent,
    ...knownOf('prompt', plain),
  };
  return {
    ...copied,
    input_image_url: input_image ?? null,
    mask_image_url: mask_image ?? null,
    input_video_url: input_video ?? null,
    image_reference_urls: [...(image_references ?? [])] as string[],
  };
}
