import * as z from 'zod';
import type { Page, Session } from '../../upstream/client.ts';
import {
  bigInt,
  flag,
  freeObject,
  id,
  int,
  text,
  time,
  unread,
  url,
  urls,
} from '../../upstream/wire.ts';
import { PLACE_OF_ALL, PROMPT_NAMES, PROMPT_PARAMETERS, Prompt } from '../prompt/rest.ts';

/** A fine-tuned model, or an instant reference, as Astria answers it. */
export const Tune = z.object({
  id,
  title: text,
  name: text,
  token: text,
  branch: text,
  model_type: text,
  base_tune_id: id.nullish(),
  is_api: flag,
  args: text,
  steps: int,
  face_crop: flag,
  training_face_correct: flag,
  ckpt_url: url,
  ckpt_urls: urls,
  eta: time,
  started_training_at: time,
  trained_at: time,
  expires_at: time,
  created_at: time,
  updated_at: time,
  callback: url,
  url,
  orig_images: urls,
  cost_mc: bigInt,
  characteristics: freeObject,
  auto_extend: flag,
});
const Tunes = z.array(Tune);
export type Tune = z.infer<typeof CreatedTune> & { isGallery?: true };

/** A row of the gallery. It is marked, because gallery tunes are ready whatever their dates are. */
const GalleryTune = Tune.transform((tune): Tune => ({ ...tune, isGallery: true }));
const GalleryTunes = z.array(GalleryTune);

/** The answer to a tune with prompts contains them. */
const CreatedTune = Tune.extend({ prompts: z.array(Prompt).nullish() });

export type TuneFilter = {
  title?: string | null;
  name?: readonly string[] | null;
  model_type?: string | null;
  branch?: string | null;
};

export const fetchTune = (astria: Session, tuneId: number) =>
  astria.request({
    path: '/tunes/:id',
    params: { id: tuneId },
    names: { id: 'Tune' },
    response: Tune,
  });

export const fetchTunes = (astria: Session, query: TuneFilter & Page) =>
  astria.request({ path: '/tunes', query, response: Tunes });

/** Reads public tunes, which include the foundation models. */
export const fetchGalleryTunes = (astria: Session, query: TuneFilter & Page) =>
  astria.request({ path: '/gallery/tunes', query, response: GalleryTunes, isOpen: true });

/** `photos` names the input's field, because both fields are one for Astria. */
export const createTune = (astria: Session, tune: object, photos: 'images' | 'imageUrls') =>
  astria.request({
    method: 'POST',
    path: '/tunes',
    body: { tune },
    names: { tune: { base_tune_id: 'Tune', prompts_attributes: PROMPT_NAMES } },
    nested: {
      under: 'promptsAttributes',
      at: ['tune', 'prompts_attributes'],
      parameters: PROMPT_PARAMETERS,
      renamed: { images: photos, image_urls: photos, orig_images: photos, ...PLACE_OF_ALL },
    },
    response: CreatedTune,
  });

export const updateTune = (astria: Session, tuneId: number, tune: object) =>
  astria.request({
    method: 'PATCH',
    path: '/tunes/:id',
    params: { id: tuneId },
    names: { id: 'Tune' },
    body: { tune },
    response: Tune,
  });

export const deleteTune = (astria: Session, tuneId: number) =>
  astria.request({
    method: 'DELETE',
    path: '/tunes/:id',
    params: { id: tuneId },
    names: { id: 'Tune' },
    response: unread,
  });
