/**
 * Rows that exist from the start: for the seed, tests and benchmarks. Nothing is checked, charged or announced. Each takes any
 * of Astria's fields, so a recorded body is a row too. The times become its life: a time in the future comes when the clock
 * gets there, null never comes, and a row without times ended an hour ago.
 */
import { aim } from './prompt-create.ts';
import { promptCostMc, promptFieldsOf } from './prompt-fields.ts';
import {
  type Account,
  type Counters,
  findTune,
  type PackBody,
  type PackRow,
  type PromptBody,
  type PromptRow,
  type TuneBody,
  type TuneRow,
  type World,
} from './store.ts';
import { lifeOf, type Timeline, type Times } from './timeline.ts';
import { baseModelOf, FLUX, isInstant, SDXL, tuneCostMc } from './tune.ts';

interface Placed {
  /** The personal scope if null or left out. */
  workspace_id?: number | null;
}

export type TuneFields = Partial<TuneBody> & Placed;
export type PromptFields = Partial<PromptBody> & Placed & { is_api?: boolean };
export type PackFields = Partial<PackBody> & Placed & { costShape?: PackRow['costShape'] };

/** Adds a tune: a checkpoint if there is no `model_type`. */
export function addTune(world: World, account: Account, given: TuneFields = {}): TuneRow {
  const { id = world.next.tune, workspace_id = null, ...rest } = given;
  const { times, fields } = apart(rest);
  keepAbove(world, 'tune', id);
  const isFaceid = fields.model_type === 'faceid';
  const usualBase = isFaceid || fields.model_type === 'lora' ? FLUX : SDXL;
  const base = findTune(world, account, fields.base_tune_id ?? usualBase);
  return account.tunes.add({
    id,
    workspaceId: workspace_id,
    life: tuneLifeOf(world, fields, times),
    fields: {
      title: `Tune ${id}`,
      name: 'woman',
      token: isFaceid ? null : 'ohwx',
      branch: base?.fields.branch ?? null,
      model_type: null,
      base_tune_id: usualBase,
      is_api: true,
      args: null,
      steps: null,
      face_crop: null,
      training_face_correct: false,
      callback: null,
      orig_images: [1, 2].map((photo) => `${world.publicUrl}/images/uploads/${id}-${photo}.png`),
      characteristics: null,
      auto_extend: false,
      ...fields,
    },
    costMc: tuneCostMc(world, fields),
    sent: {},
  });
}

function tuneLifeOf(world: World, fields: TuneFields, times: Times): Timeline {
  const life = lifeOf(times, world.clock.now());
  if (!isInstant(fields) || times.started_training_at !== undefined) return life;
  return { ...life, startsAt: life.createdAt - 595, doneAt: life.createdAt - 595 };
}

/** Adds a prompt. Without a `tune_id` it ran on Flux. For a prompt on a LoRA or a faceid see `sentTo`. */
export function addPrompt(world: World, account: Account, given: PromptFields = {}): PromptRow {
  const { id = world.next.prompt, workspace_id = null, is_api = true, ...rest } = given;
  const { user_error = null, liked, ...others } = rest;
  const { times, fields } = apart(others);
  keepAbove(world, 'prompt', id);
  if (liked) account.likes.add(id);
  const { tune_id = FLUX, text = 'a portrait in soft light' } = fields;
  const all: Partial<PromptBody> = {
    ...promptFieldsOf({ params: {}, modelId: tune_id ?? FLUX, text: text ?? null }),
    ar: fields.aspect_ratio ?? '1:1',
    input_image: null,
    mask_image: null,
    input_video: null,
    image_references: [],
    ...fields,
  };
  return account.prompts.add({
    id,
    workspaceId: workspace_id,
    life: lifeOf(times, world.clock.now()),
    fields: all,
    costMc: promptCostMc(world, all),
    isApi: is_api,
    failure: user_error,
    useLpw: null,
    sent: {},
  });
}

/** Returns what Astria makes of a text that is sent to a tune: the model that runs it, and the text with the tune's token. */
export function sentTo(tune: TuneRow, text: string) {
  const modelId = baseModelOf(tune);
  return { tune_id: modelId, text: aim(tune, modelId, text) };
}

/** Adds a pack. Its templates are the prompts with its `pack_id`, and its costs are theirs unless they are given. */
export function addPack(world: World, account: Account, given: PackFields = {}): PackRow {
  const { id = world.next.pack, workspace_id = null, costShape = 'cost_mc', ...rest } = given;
  const { times, fields } = apart(rest);
  keepAbove(world, 'pack', id);
  return account.packs.add({
    id,
    workspaceId: workspace_id,
    life: lifeOf(times, world.clock.now()),
    costShape,
    fields: {
      slug: `pack-${id}`,
      title: `Pack ${id}`,
      subtitle: null,
      main_class_name: null,
      base_tune_id: FLUX,
      token: 'ohwx',
      model_type: 'lora',
      multiplier: 1,
      multiplier_api: 1,
      cover_url: `${world.publicUrl}/images/packs/${id}/cover.png`,
      logo: null,
      public_at: null,
      unlisted_at: null,
      ...fields,
    },
  });
}

/**
 * Separates the times from the fields, where they would win over the life. A time that is given as undefined stays among the
 * fields, so that answers leave it out, as they do for foundation models.
 */
function apart<Fields extends Times>(given: Fields) {
  const { created_at, started_training_at, trained_at, ...rest } = given;
  const absent = TIMES.filter((name) => Object.hasOwn(given, name) && given[name] === undefined);
  const fields = { ...rest, ...Object.fromEntries(absent.map((name) => [name, undefined])) };
  return { times: { created_at, started_training_at, trained_at }, fields };
}

const TIMES = ['created_at', 'started_training_at', 'trained_at'] as const;

/** Keeps later rows from taking this id. */
function keepAbove({ next }: World, kind: keyof Counters, id: number): void {
  next[kind] = Math.max(next[kind], id + 1);
}
