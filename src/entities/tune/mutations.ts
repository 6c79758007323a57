import { placeOf } from '../../auth/bounds.ts';
import { mediaToAstria, toAstria } from '../../graphql/astria-input.ts';
import { builder } from '../../graphql/builder.ts';
import { changesOf } from '../../graphql/changes.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { astriaId, globalId, maybeId } from '../../graphql/ids.ts';
import { ourCallback, withCallback } from '../../graphql/our-callback.ts';
import { deletedPayload, paidPayload, payload } from '../../graphql/payload.ts';
import { broken, refuse } from '../../graphql/rules.ts';
import { type Warning, WarningType, workspaceWarnings } from '../../graphql/warnings.ts';
import { scopeToChangeIn, scopeToMakeIn } from '../../graphql/workspace-input.ts';
import { paid } from '../../paid/paid.ts';
import { forgetReads, placed, scopeIn } from '../../scope.ts';
import { toAstriaPrompt } from '../prompt/inputs.ts';
import { seeMadeWith } from '../prompt/loader.ts';
import {
  CreateTuneInput,
  createTuneErrors,
  DeleteTuneInput,
  UPDATE_TUNE_RULES,
  UpdateTuneInput,
} from './inputs.ts';
import { type TuneRow, tuneById } from './loader.ts';
import { priceOfTune } from './price.ts';
import { createTune, deleteTune, updateTune } from './rest.ts';
import { keptTune, tuneSearch } from './search.ts';
import { TuneType } from './type.ts';

const CreateTunePayload = paidPayload<{ tune: TuneRow; warnings: Warning[] }>(
  'CreateTunePayload',
  ({ tune }) => costOfAll(tune),
  (t) => ({
    tune: t.field({
      type: TuneType,
      nullable: false,
      description:
        'The tune, not yet trained; a faceid is ready. Its `prompts` cost no call if Astria returned them with it. To wait for it subscribe to `tune(id:)`, or query `waitFor(ids:)`.',
      resolve: ({ tune }) => tune,
    }),
    warnings: t.field({
      type: [WarningType],
      nullable: { list: false, items: false },
      description: 'How the result differs from what was requested.',
      resolve: ({ warnings }) => warnings,
    }),
  }),
);

/** Of the tune and its prompts; nothing until all have told. */
function costOfAll({ cost_mc, prompts }: TuneRow) {
  const costs = [cost_mc, ...(prompts ?? []).map((prompt) => prompt.cost_mc)];
  const told = costs.flatMap((cost) => cost ?? []);
  return told.length === costs.length ? told.reduce((sum, cost) => sum + cost, 0) : null;
}

/** Of the tune, and of each prompt that comes with it. */
function withOurs(body: Record<string, unknown>, callback: string | undefined) {
  const { prompts_attributes: prompts } = body as { prompts_attributes?: object[] };
  return withCallback(
    {
      ...body,
      ...(prompts && {
        prompts_attributes: prompts.map((prompt) => withCallback({ ...prompt }, callback)),
      }),
    },
    callback,
  );
}

const UpdateTunePayload = payload<{ tune: TuneRow }>('UpdateTunePayload', (t) => ({
  tune: t.field({
    type: TuneType,
    nullable: false,
    description: 'The tune as it is now.',
    resolve: ({ tune }) => tune,
  }),
}));

builder.mutationFields((t) => ({
  createTune: t.field({
    type: CreateTunePayload,
    nullable: false,
    description:
      'Trains a model on photos, or makes an instant reference. Costs money, and cannot be undone.',
    args: {
      input: t.arg({ type: CreateTuneInput, required: true, description: 'What to train.' }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: async (_, { input }, context) => {
      const { idempotencyKey, maxCost, baseTuneId, workspaceId, ...inner } = input;
      const { promptsAttributes, images, imageUrls: _urls, ...tune } = inner;
      refuse(createTuneErrors(input));
      const { astria, place } = scopeToMakeIn(context, workspaceId);
      const base = maybeId('Tune', baseTuneId, 'input.baseTuneId');
      const body = {
        ...toAstria({ ...tune, baseTuneId: base }),
        ...mediaToAstria({ images: photosOf(input) }),
        ...(promptsAttributes && {
          prompts_attributes: promptsAttributes.map((prompt, index) =>
            toAstriaPrompt(prompt, `input.promptsAttributes.${index}`),
          ),
        }),
      };
      const { row, warnings } = await paid(context, {
        ...{
          mutation: 'createTune',
          input,
          place,
          search: tuneSearch(tune.title, body),
          kept: keptTune,
          parts: 1 + (promptsAttributes?.length ?? 0),
        },
        estimate: (look) =>
          priceOfTune(look, { ...tune, baseTuneId: base }, promptsAttributes ?? []),
        send: () =>
          createTune(
            astria,
            withOurs(body, ourCallback(context, place)),
            images?.length ? 'images' : 'imageUrls',
          ),
      });
      forgetReads(context);
      const scope = scopeIn(context, place);
      const made = placed('Tune', row, scope);
      tuneById(scope).see([made]);
      const prompts = row.prompts ?? [];
      if (prompts.length === promptsAttributes?.length) seeMadeWith(scope, row.id, prompts);
      // The tune itself does not tell its workspace.
      const [first] = prompts;
      const misplaced = workspaceWarnings(place ?? undefined, first && placeOf(first));
      return { tune: made, warnings: [...warnings, ...misplaced] };
    },
  }),
  updateTune: t.field({
    type: UpdateTunePayload,
    nullable: false,
    description:
      'Changes what a tune is called, whether it is kept, or what is known of its subject.',
    args: {
      input: t.arg({ type: UpdateTuneInput, required: true, description: 'What to change.' }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: async (_, { input }, context) => {
      const { id, title, name, autoExtend, characteristics } = input;
      const changes = changesOf({ title, name, auto_extend: autoExtend, characteristics });
      refuse(broken(input, UPDATE_TUNE_RULES));
      const tuneId = astriaId('Tune', id, 'input.id');
      const { astria, place } = scopeToChangeIn(context, input.workspaceId);
      const changed = await updateTune(astria, tuneId, changes);
      forgetReads(context);
      const scope = scopeIn(context, place);
      const tune = placed('Tune', changed, scope);
      tuneById(scope).see([tune]);
      return { tune };
    },
  }),
  deleteTune: t.field({
    type: deletedPayload('DeleteTunePayload', 'tune'),
    nullable: false,
    description: 'Deletes a tune, its photos and its files. Cannot be undone.',
    args: {
      input: t.arg({ type: DeleteTuneInput, required: true, description: 'Which one.' }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: async (_, { input }, context) => {
      const id = astriaId('Tune', input.id, 'input.id');
      await deleteTune(scopeToChangeIn(context, input.workspaceId).astria, id);
      forgetReads(context);
      return { deletedId: globalId('Tune', id) };
    },
  }),
}));

/** Our two lists are one list of Astria's. */
function photosOf({ imageUrls, images }: typeof CreateTuneInput.$inferInput) {
  const at = (list: string, index: number) => ['input', list, String(index)];
  return [
    ...(imageUrls ?? []).map((url, index) => ({ url, place: at('imageUrls', index) })),
    ...(images ?? []).map((media, index) => ({ ...media, place: at('images', index) })),
  ];
}
