import { empty, invalid } from './answers.ts';
import { noteUnknown } from './parameters.ts';
import { idsOf, objectOf, type Params, textOf } from './params.ts';
import { createPrompt } from './prompt-create.ts';
import { type Call, route } from './route.ts';
import type { TuneRow, World } from './store.ts';
import { rootOf } from './tune-rules.ts';
import { readableTune } from './tunes.ts';

const PROMPTS_PER_TUNE = 10;

const SCENES = [
  'at a long table by the window',
  'walking towards the camera',
  'in the last light of the day',
  'close up, looking aside',
  'seen from across the street',
  'under a striped awning',
  'leaning on a stone wall',
  'laughing with eyes closed',
  'in front of a painted backdrop',
  'reading, shot from above',
];

export const themeRoutes = (world: World) => [
  route(world, 'POST /themes', (call) => {
    const params = rootOf(call.body, 'theme');
    noteUnknown(world, 'theme', params);
    const theme = textOf(params, 'theme');
    if (theme === null) throw invalid({ theme: ["can't be blank"] });
    const tunes = idsOf(params, 'tune_ids').map((id) => readableTune(call, id));
    if (tunes.length === 0) throw invalid({ tune_ids: ["can't be blank"] });
    const at = call.now + world.durations.themeDelayMs;
    // If the balance runs out now, nobody is left to be told.
    const run = () => writePrompts(call, tunes, params).catch(() => {});
    call.account.pending.push({ at, run });
    return empty(201);
  }),
];

async function writePrompts(call: Call, tunes: TuneRow[], params: Params): Promise<void> {
  const attributes = objectOf(params, 'prompt_attributes') ?? {};
  const theme = textOf(params, 'theme');
  for (const tune of tunes) {
    const subject = [tune.fields.token, tune.fields.name].filter(Boolean).join(' ');
    for (const scene of SCENES.slice(0, PROMPTS_PER_TUNE)) {
      await createPrompt(call, tune, {
        ...attributes,
        text: `${subject} ${theme}, ${scene}`.trim(),
      });
    }
  }
}
