import { FieldErrors, invalid } from './answers.ts';
import { keptOf, noteUnknown, noteUnknownWords } from './parameters.ts';
import { flagOf, has, numberOf, type Params, textOf } from './params.ts';
import { charge } from './people.ts';
import { referencedIds, showPrompt } from './prompt.ts';
import { isSameRequest, mediaOf, promptCostMc, promptFieldsOf } from './prompt-fields.ts';
import { checkPrompt, type Draft } from './prompt-rules.ts';
import { type Call, placeOf } from './route.ts';
import type { Account, PromptBody, PromptRow, TuneRow, World } from './store.ts';
import type { Timeline } from './timeline.ts';
import { baseModelOf, isExpired, isInstant, isPublic, tokenOf } from './tune.ts';
import { withVideoFlags } from './video-flags.ts';

/** A text that contains this makes the prompt fail, so that a client can meet a `user_error`. */
const FAIL_TRIGGER = '[fail]';
const FAILURE = 'The provider refused this prompt.';

/** Creates a prompt. `also` holds what only Astria sets: the order, and the original of a copy. */
export async function createPrompt(
  call: Call,
  tune: TuneRow,
  given: Params,
  also: Partial<PromptBody> = {},
): Promise<{ row: PromptRow; status: number }> {
  const { world, account } = call;
  noteUnknown(world, 'prompt', given);
  const params = withVideoFlags(given);
  noteUnknownWords(world, params);
  const modelId = baseModelOf(tune);
  const draft: Draft = {
    params,
    sentTo: tune,
    modelId,
    text: aim(tune, modelId, textOf(params, 'text')),
  };
  const errors = new FieldErrors();
  checkPrompt(errors, draft);
  errors.throwIfAny();
  checkTemplate(account, numberOf(params, 'pack_id'), draft.text);
  if (isExpired(world, tune, call.now)) throw invalid({ base: ['Fine-tune has expired'] });
  const fields = { ...promptFieldsOf(draft), ...(await mediaOf(world, params)), ...also };
  const useLpw = flagOf(params, 'use_lpw');
  const replayed = account.idempotent ? sameAs(account, { fields, useLpw }) : undefined;
  if (replayed) return { row: replayed, status: world.unknowns.replayStatus };
  return { row: addPrompt(call, tune, { params, fields }), status: 201 };
}

function addPrompt(
  call: Call,
  tune: TuneRow,
  { params, fields }: { params: Params; fields: Partial<PromptBody> },
): PromptRow {
  const { world, account } = call;
  const isMock = tune.fields.branch === 'fast';
  const costMc = isMock ? 0 : promptCostMc(world, fields);
  charge(call, costMc);
  const isDoomed = `${fields.text} ${fields.video_prompt}`.includes(FAIL_TRIGGER);
  const row = account.prompts.add({
    id: world.next.prompt++,
    workspaceId: workspaceOf(call, params),
    life: promptLife(world, tune),
    fields,
    costMc,
    isApi: true,
    failure: isDoomed ? FAILURE : null,
    sent: keptOf(world, params),
    useLpw: flagOf(params, 'use_lpw'),
  });
  call.undo.push(() => account.prompts.delete(row.id));
  if (isDoomed) refundLater(account, row);
  announcePrompts(world, account, [row]);
  return row;
}

/** What failed is not paid for. */
function refundLater(account: Account, { id, life, costMc }: PromptRow): void {
  const run = async () => {
    if (account.prompts.get(id)) account.balanceMc += costMc;
  };
  account.pending.push({ at: life.doneAt, run });
}

/** A LoRA or a faceid is put into the text, unless it is there already, and its base model runs the prompt. */
export function aim<Text extends string | null>(
  tune: TuneRow,
  modelId: number,
  text: Text,
): Text | string {
  if (text === null || modelId === tune.id || referencedIds(text).includes(tune.id)) return text;
  return isInstant(tune.fields) ? `${tokenOf(tune)} ${text}` : `${tokenOf(tune)}${text}`;
}

/** Refuses a template without a place for a tune. Each run fills in another one. */
export function checkTemplate(account: Account, packId: number | null, text: string | null): void {
  if (packId === null) return;
  if (!account.packs.get(packId)) throw invalid({ pack: ['must exist'] });
  if (referencedIds(text).length === 0) {
    throw invalid({ error: 'Prompt is not using a fine-tuned model' });
  }
}

function sameAs(
  account: Account,
  wanted: Pick<PromptRow, 'fields' | 'useLpw'>,
): PromptRow | undefined {
  return account.prompts.newest().find((row) => isSameRequest(row, wanted));
}

/** A workspace that the account does not own is silently the personal scope. */
export function workspaceOf(call: Call, params: Params): number | null {
  if (!has(params, 'workspace_id')) return placeOf(call);
  return call.account.workspaces.get(numberOf(params, 'workspace_id') ?? 0)?.id ?? null;
}

/** A prompt waits for its tune. Public tunes are ready, whatever their dates are. */
function promptLife(world: World, tune: TuneRow): Timeline {
  const { clock, durations } = world;
  const createdAt = clock.now();
  const ready = isPublic(world, tune) ? createdAt : tune.life.doneAt;
  const startsAt = Math.max(createdAt, ready) + durations.promptQueueMs;
  return { createdAt, startsAt, doneAt: startsAt + durations.promptRunMs, touchedAt: createdAt };
}

const CALLBACK_FIELDS = [
  'id',
  'text',
  'steps',
  'images',
  'tune_id',
  'created_at',
  'trained_at',
  'updated_at',
  'negative_prompt',
  'started_training_at',
] as const satisfies (keyof PromptBody)[];

function callbackBody(world: World, account: Account, row: PromptRow) {
  const shown = showPrompt(world, account, row);
  return Object.fromEntries(CALLBACK_FIELDS.map((name) => [name, shown[name] ?? null]));
}

/**
 * Announces the prompts of a run. With a URL: one callback with a bare array when the last prompt is done. Without: a callback
 * for each prompt, to its own address.
 */
export function announcePrompts(
  world: World,
  account: Account,
  rows: PromptRow[],
  url?: string | null,
): void {
  const alive = () => rows.filter((row) => account.prompts.get(row.id) === row);
  const at = Math.max(...rows.map((row) => row.life.doneAt));
  if (url) {
    const body = () => alive().map((row) => callbackBody(world, account, row));
    world.notify({ url, at, body });
    return;
  }
  for (const row of rows) {
    if (!row.fields.callback) continue;
    const body = () =>
      account.prompts.get(row.id) === row ? { prompt: callbackBody(world, account, row) } : null;
    world.notify({ url: row.fields.callback, at: row.life.doneAt, body });
  }
}
