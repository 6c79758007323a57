import * as z from 'zod';
import type { Session } from '../../upstream/client.ts';
import {
  bigInt,
  flag,
  float,
  id,
  int,
  text,
  time,
  unread,
  url,
  urls,
} from '../../upstream/wire.ts';
import { PLACE_OF_ALL, PROMPT_NAMES, PROMPT_PARAMETERS } from '../prompt/rest.ts';
import { Tune } from '../tune/rest.ts';

const TemplateTune = z.object({ id, title: text, name: text });

const TemplateSlot = z.object({
  key: text,
  label: text,
  filter_names: z.array(z.string()).nullish(),
  template_tune_ids: z.array(id).nullish(),
  tunes: z.array(TemplateTune).nullish(),
});

/** A collection of prompt templates. Rows of lists lack fields that only the detail (`/p/:id`) has. */
export const Pack = z.object({
  id,
  slug: text,
  title: text,
  subtitle: text,
  main_class_name: text,
  base_tune_id: id.nullish(),
  user_id: id.nullish(),
  token: text,
  model_type: text,
  multiplier: float,
  multiplier_api: float,
  cover_url: url,
  logo: url,
  public_at: time,
  unlisted_at: time,
  created_at: time,
  updated_at: time,
  cost_mc_hash: z.record(z.string(), z.number()).nullish(),
  /** `cost` is in cents, `cost_mc` in milli-cents. Both occur. */
  costs: z.record(z.string(), z.object({ cost: float, cost_mc: float, num_images: int })).nullish(),
  prompts_per_class: z.record(z.string(), z.array(z.object({ id, images: urls }))).nullish(),
  template_prompts: z.array(z.object({ id, text, cost_mc: bigInt })).nullish(),
  use_multi: flag,
  reference_class_names: z.array(z.string()).nullish(),
  template_tunes: z.array(TemplateTune).nullish(),
  template_slots: z.array(TemplateSlot).nullish(),
});
const Packs = z.array(Pack);
export type Pack = z.infer<typeof Pack>;

export type PackFilter = {
  public?: boolean | null;
  listed?: boolean | null;
};

/** Packs can only be paged by offset. */
export type OffsetPage = {
  limit: number;
  offset?: number;
};

export const fetchPack = (astria: Session, idOrSlug: number | string) =>
  astria.request({
    path: '/p/:id_or_slug',
    params: { id_or_slug: idOrSlug },
    names: { id_or_slug: 'Pack' },
    response: Pack,
  });

export const fetchPacks = (astria: Session, query: PackFilter & OffsetPage) =>
  astria.request({ path: '/packs', query, response: Packs });

export const fetchGalleryPacks = (astria: Session, query: PackFilter & OffsetPage) =>
  astria.request({ path: '/gallery/packs', query, response: Packs, isOpen: true });

export const createPack = (astria: Session, pack: object) =>
  astria.request({
    method: 'POST',
    path: '/packs',
    body: { pack },
    names: { pack: { base_tune_id: 'Tune' } },
    response: Pack,
  });

/**
 * The answer has one of three shapes: a tune, if it is trained from photos; only a message; or, for a multi pack, an order with
 * its prompts. They are read as one, so that a broken field never makes one shape look like another.
 */
export const PackRun = Tune.extend({
  id: id.nullish(),
  message: text,
  order: z.object({ id, tune_ids: z.array(id).nullish(), total_cost_mc: bigInt }).nullish(),
  prompt_ids: z.array(id).nullish(),
  status: unread.optional(),
});
export type PackRun = z.infer<typeof PackRun>;

export const runPack = (astria: Session, idOrSlug: number | string, tune: object) =>
  astria.request({
    method: 'POST',
    path: '/p/:id_or_slug/tunes',
    params: { id_or_slug: idOrSlug },
    body: { tune },
    names: {
      id_or_slug: 'Pack',
      tune: { tune_ids: 'Tune', prompt_ids: 'Prompt', prompt_attributes: PROMPT_NAMES },
    },
    nested: {
      under: 'promptAttributes',
      at: ['tune', 'prompt_attributes'],
      parameters: PROMPT_PARAMETERS,
      renamed: { image_urls: 'images', ...PLACE_OF_ALL },
    },
    response: PackRun,
  });
