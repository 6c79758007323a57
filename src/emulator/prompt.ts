import {
  type Account,
  findTune,
  type PromptBody,
  type PromptRow,
  type TuneRow,
  type World,
} from './store.ts';
import { isoOf, phaseAt, type Timeline, timesAt } from './timeline.ts';

/** Tokens of tunes: `<lora:1858416:1>`, `<faceid:4076525:1.0>`. `<1>` is the subject token and names no tune. */
const TOKEN = /<[a-z]\w*:(\d+)(?::[\d.]+)?>/g;

export const referencedIds = (text: string | null | undefined): number[] => [
  ...new Set(Array.from((text ?? '').matchAll(TOKEN), (match) => Number(match[1]))),
];

/** Returns the texts that may name tunes. */
const textsOf = ({ text, video_prompt }: Partial<PromptBody>): string =>
  video_prompt ? `${text ?? ''} ${video_prompt}` : (text ?? '');

/** Returns the ids of the tunes that a prompt names. */
export const referencesOf = (fields: Partial<PromptBody>): number[] =>
  referencedIds(textsOf(fields));

/** Returns whether a prompt ran on the tune or names it. */
export function isOfTune({ fields }: PromptRow, tuneId: number): boolean {
  if (fields.tune_id === tuneId) return true;
  // Parsing the tokens of all texts in a long list is slow, and most texts do not contain the number.
  return textsOf(fields).includes(String(tuneId)) && referencesOf(fields).includes(tuneId);
}

/** Returns the prompt as Astria would answer it now. What a row holds wins over what is derived from the clock. */
export function showPrompt(world: World, account: Account, row: PromptRow): PromptBody {
  const { fields } = row;
  const now = world.clock.now();
  const isLiked = account.likes.has(row.id);
  const isDone = phaseAt(row.life, now) === 'done';
  const error = isDone ? row.failure : null;
  const stumble = stumbleOf(row);
  return {
    ...(world.unknowns.tellsEveryParameter && row.sent),
    id: row.id,
    ...timesAt(row.life, now),
    ...(stumble && stumbledAt(stumble, row, now)),
    url: `${world.publicUrl}/tunes/${fields.tune_id}/prompts/${row.id}.json`,
    ...filesAt(world, row, now),
    user_error: stumble && isIn(stumble, now) ? STUMBLE : error,
    workspace_id: row.workspaceId,
    prompt_likes_count: isLiked ? 1 : 0,
    liked: isLiked,
    ...tunesOf(world, account, fields),
    ...progressAt(row, now),
    // A real row tells its price only when it is done.
    ...(isDone && { cost_mc: row.costMc }),
    ...fields,
    // A failed prompt costs nothing.
    ...(error !== null && { cost_mc: 0 }),
  };
}

/**
 * A text that contains this fails at first and is retried by Astria: a `user_error` without `trained_at`, which disappears
 * again.
 */
const RETRY_TRIGGER = '[retry]';
const STUMBLE = 'The provider failed, and is asked again.';

interface Stumble {
  from: number;
  to: number;
}

/** Returns the time of the failed attempt, in the middle of the run. */
function stumbleOf({ fields, life: { startsAt, doneAt } }: PromptRow): Stumble | undefined {
  if (!fields.text?.includes(RETRY_TRIGGER) || !Number.isFinite(doneAt)) return undefined;
  const third = (doneAt - startsAt) / 3;
  return { from: startsAt + third, to: doneAt - third };
}

const isIn = ({ from, to }: Stumble, now: number) => now >= from && now < to;

/** Both the beginning and the end of the failed attempt change the prompt. */
function stumbledAt({ from, to }: Stumble, { life }: PromptRow, now: number) {
  if (now < from || now >= life.doneAt) return {};
  return { updated_at: isoOf(Math.max(now < to ? from : to, life.touchedAt)) };
}

/** Returns the tunes that a prompt names. Tunes that are deleted or belong to others are left out. */
function tunesOf(world: World, account: Account, fields: Partial<PromptBody>) {
  const find = (id: number) => findTune(world, account, id);
  const model = fields.tune_id ? find(fields.tune_id) : undefined;
  return {
    tune: model ? { id: model.id, title: model.fields.title } : null,
    tunes: referencesOf(fields).map(find).filter(isFound).map(excerptOf),
  };
}

const isFound = (tune: TuneRow | undefined): tune is TuneRow => tune !== undefined;

const excerptOf = ({ id, fields }: TuneRow) => ({ id, title: fields.title, name: fields.name });

function progressAt({ life }: PromptRow, now: number) {
  if (phaseAt(life, now) !== 'processing') return {};
  const total = Number.isFinite(life.doneAt) ? life.doneAt - life.startsAt : 60_000;
  return {
    progress_timing_seconds: total / 1000,
    progress_elapsed_seconds: Math.min(now - life.startsAt, total) / 1000,
  };
}

interface MadeFile {
  name: string;
  type: string;
}

const FRAME: MadeFile = { name: 'frame.png', type: 'image/png' };
const CLIP: MadeFile = { name: 'clip.mp4', type: 'video/mp4' };

function filesAt(world: World, row: PromptRow, now: number) {
  const files = madeBy(row, now);
  return {
    images: files.map((file) => `${world.publicUrl}/images/prompts/${row.id}/${file.name}`),
    content_types: files.map((file) => file.type),
    filenames: files.map((file) => file.name),
  };
}

function madeBy({ fields, life, failure }: PromptRow, now: number): MadeFile[] {
  const phase = phaseAt(life, now);
  if (fields.video_model) {
    if (phase === 'done') return failure === null ? [FRAME, CLIP] : [];
    // The first frame can be there before the video is.
    return phase === 'processing' && now >= (life.startsAt + life.doneAt) / 2 ? [FRAME] : [];
  }
  if (failure !== null) return [];
  return Array.from({ length: imagesAt(fields.num_images ?? 1, life, now) }, (_, index) => ({
    name: `${index + 1}.png`,
    type: 'image/png',
  }));
}

/** Returns how many images are there. They come one at a time, and the last one ends the prompt. */
function imagesAt(count: number, life: Timeline, now: number): number {
  if (phaseAt(life, now) !== 'processing') return phaseAt(life, now) === 'done' ? count : 0;
  return Math.min(
    count - 1,
    Math.floor((count * (now - life.startsAt)) / (life.doneAt - life.startsAt)),
  );
}
