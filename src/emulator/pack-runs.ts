import { invalid, json } from './answers.ts';
import { isCallback } from './media.ts';
import { takesResolution } from './models.ts';
import { classOf, ownerOf, templatesOf } from './pack.ts';
import { idsOf, objectOf, type Params, textOf } from './params.ts';
import { referencesOf } from './prompt.ts';
import { copyOf } from './prompt-copy.ts';
import { announcePrompts, createPrompt } from './prompt-create.ts';
import type { Call } from './route.ts';
import type { PackRow, PromptRow, TuneRow } from './store.ts';
import { baseModelOf, isInstant, showTune } from './tune.ts';
import { createTune, readableTune } from './tunes.ts';

/**
 * Copies each template with other people in it. Astria has three kinds of answers, depending on the kind of pack and on what it
 * is run with.
 */
export async function runPack(call: Call, pack: PackRow, params: Params): Promise<Response> {
  const callback = textOf(params, 'prompts_callback');
  if (callback !== null && !isCallback(callback)) {
    throw invalid({ prompts_callback: ['is invalid'] });
  }
  const tuneIds = idsOf(params, 'tune_ids');
  const templates = chosenTemplates(call, pack, params);
  if (tuneIds.length === 0) return trainAndRun(call, { pack, params, templates });
  const tunes = tuneIds.map((id) => readableTune(call, id));
  if (pack.fields.use_multi) return runTogether(call, { pack, params, templates }, tunes);
  const prompts: PromptRow[] = [];
  for (const tune of tunes) {
    prompts.push(...(await fill(call, { pack, params, templates }, [tune])));
  }
  announceAll(call, params, prompts);
  return json({ status: 201, message: 'Prompts created' }, 201);
}

interface Run {
  pack: PackRow;
  params: Params;
  templates: PromptRow[];
}

function chosenTemplates(call: Call, pack: PackRow, params: Params): PromptRow[] {
  const templates = templatesOf(ownerOf(call.world, call.account, pack), pack);
  const chosen = idsOf(params, 'prompt_ids');
  if (chosen.length === 0) return templates;
  const missing = chosen.find((id) => !templates.some((template) => template.id === id));
  if (missing !== undefined) throw invalid({ prompt_ids: [`${missing} is not part of this pack`] });
  return templates.filter((template) => chosen.includes(template.id));
}

async function trainAndRun(call: Call, run: Run): Promise<Response> {
  const { prompts_attributes, ...params } = run.params;
  const { row, status } = await createTune(call, {
    model_type: run.pack.fields.model_type ?? null,
    base_tune_id: run.pack.fields.base_tune_id ?? null,
    ...params,
  });
  announceAll(call, run.params, await fill(call, run, [row]));
  return json(showTune(call.world, row), status);
}

async function runTogether(call: Call, run: Run, tunes: TuneRow[]): Promise<Response> {
  const order = call.world.next.order++;
  const prompts = await fill(call, run, tunes, order);
  announceAll(call, run.params, prompts);
  const totalMc = prompts.reduce((sum, prompt) => sum + prompt.costMc, 0);
  return json(
    {
      status: 201,
      message: 'Prompts created',
      order: { id: order, tune_ids: tunes.map((tune) => tune.id), total_cost_mc: totalMc },
      prompt_ids: prompts.map((prompt) => prompt.id).reverse(),
    },
    201,
  );
}

/** Copies the templates of the tunes' class, or all templates if none has that class. */
async function fill(call: Call, run: Run, tunes: TuneRow[], order?: number): Promise<PromptRow[]> {
  const names = tunes.map((tune) => tune.fields.name);
  const fitting = run.templates.filter((row) => names.includes(classOf(run.pack, row)));
  const prompts: PromptRow[] = [];
  for (const template of fitting.length > 0 ? fitting : run.templates) {
    const { row } = await fillOne(call, run, { template, tunes, order });
    prompts.push(row);
  }
  return prompts;
}

async function fillOne(
  call: Call,
  { pack, params }: Run,
  { template, tunes, order }: { template: PromptRow; tunes: TuneRow[]; order?: number },
) {
  const [tune] = tunes;
  if (!tune) throw invalid({ tune_ids: ["can't be blank"] });
  const { resolution, video_prompt, ...copied } = copyOf(template);
  const overrides = objectOf(params, 'prompt_attributes') ?? {};
  const filled = {
    ...copied,
    // Not every model takes the template's resolution.
    ...(takesResolution(baseModelOf(tune)) && { resolution }),
    negative_prompt: '',
    text: textFor(template, tunes),
    video_prompt: withTunes(template.fields.video_prompt ?? '', placesOf(template, tunes)),
    ...overrides,
  };
  return createPrompt(call, tune, filled, {
    base_pack_id: pack.id,
    orig_prompt_id: template.id,
    order_id: order ?? null,
  });
}

/** Replaces the template's own tunes by those of the run, in their order. A checkpoint needs no token. */
function textFor(template: PromptRow, tunes: TuneRow[]): string {
  const text = withTunes(template.fields.text ?? '', placesOf(template, tunes));
  const lead = tunes[0];
  const subject = [lead?.fields.token, lead?.fields.name].filter(Boolean).join(' ');
  // A LoRA refuses a text without its subject.
  return lead?.fields.token && !text.includes(subject) ? `${text}, ${subject}` : text;
}

type Places = Map<number, TuneRow | undefined>;

const placesOf = ({ fields }: PromptRow, tunes: TuneRow[]): Places =>
  new Map(referencesOf(fields).map((place, index) => [place, tunes[index]]));

const withTunes = (text: string, places: Places): string =>
  text.replaceAll(PLACE, (token, place: string, strength: string, gap: string) => {
    const tune = places.get(Number(place));
    if (!tune) return token;
    if (baseModelOf(tune) === tune.id) return '';
    return `<${kindOf(tune)}:${tune.id}${strength}>${gap}`;
  });

/** Replaced in one pass. One by one, a tune that was just put into the text could be replaced again. */
const PLACE = /<[a-z]\w*:(\d+)((?::[\d.]+)?)>(\s*)/g;

const kindOf = (tune: TuneRow): string => (isInstant(tune.fields) ? 'faceid' : 'lora');

function announceAll(call: Call, params: Params, prompts: PromptRow[]): void {
  const url = textOf(params, 'prompts_callback');
  if (url !== null && prompts.length > 0) announcePrompts(call.world, call.account, prompts, url);
}
