import { knownOf } from './parameters.ts';
import type { Params } from './params.ts';
import type { PromptRow } from './store.ts';

/**
 * What to ask for to have a prompt made once more: all that it was made with. A copy is no template, is made where it is
 * asked for, and nobody waits for it.
 */
export function copyOf({ fields, sent }: PromptRow): Params {
  // What was sent as a file or in base64 is stored, and has an address by now. `ar` follows from others, unless it was sent.
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
