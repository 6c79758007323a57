import { toAstria } from '../../graphql/astria-input.ts';
import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { astriaIds } from '../../graphql/ids.ts';
import { payload } from '../../graphql/payload.ts';
import { broken, isBlank, isNoLength, isOutside, type Rule, refuse } from '../../graphql/rules.ts';
import { scopeToMakeIn, workspaceField } from '../../graphql/workspace-input.ts';
import { idempotencyField } from '../../paid/idempotency.ts';
import { type Kept, paid } from '../../paid/paid.ts';
import { forgetReads, type Scope, scopeIn } from '../../scope.ts';
import { existingTune, TuneType } from '../tune/type.ts';
import { createTheme } from './rest.ts';

const CreateThemeInput = builder.inputType('CreateThemeInput', {
  description: 'A theme for Astria to write prompts on.',
  fields: (t) => ({
    theme: t.string({
      required: true,
      description: 'The theme, in a few words: `a summer by the sea`.',
    }),
    tuneIds: t.idList({
      required: true,
      description: 'Whom or what the prompts are of: tunes, by `id` or `astriaId`.',
    }),
    numImages: t.int({ description: 'How many images each prompt makes, 1 to 8.' }),
    w: t.int({ description: 'Width in pixels, a multiple of 8.' }),
    h: t.int({ description: 'Height in pixels, a multiple of 8.' }),
    workspaceId: workspaceField(t),
    idempotencyKey: idempotencyField(t),
  }),
});

const CREATE_THEME_RULES: readonly Rule<typeof CreateThemeInput.$inferInput>[] = [
  ['theme', "can't be blank", (input) => isBlank(input.theme)],
  ['tuneIds', "can't be blank", (input) => input.tuneIds.length === 0],
  ['numImages', 'must be between 1 and 8', (input) => isOutside(input.numImages, 1, 8)],
  ['w', 'must be a multiple of 8', (input) => isNoLength(input.w)],
  ['h', 'must be a multiple of 8', (input) => isNoLength(input.h)],
];

const CreateThemePayload = payload<{ tuneIds: number[]; scope: Scope }>(
  'CreateThemePayload',
  (t) => ({
    tunes: t.field({
      type: [TuneType],
      nullable: { list: false, items: true },
      description: 'The tunes: ten prompts of each appear among their `prompts`, in a while.',
      extensions: upstream({ ids: 5, rows: 5 }),
      resolve: ({ tuneIds, scope }) => tuneIds.map((id) => existingTune(id, scope)),
    }),
  }),
);

/** Astria's answer is empty, so the request itself is the result. */
const NOTHING: Kept<object> = {
  kind: 'prompt',
  keep: () => ({ id: null }),
  again: async () => ({}),
};

builder.mutationField('createTheme', (t) =>
  t.field({
    type: CreateThemePayload,
    nullable: false,
    description:
      'Has Astria write, and make, ten prompts on a theme for each tune. Costs money, and cannot be undone. It leaves nothing it could surely be known by: if the answer is lost, `outcome` stays `UNKNOWN`.',
    args: { input: t.arg({ type: CreateThemeInput, required: true, description: 'The theme.' }) },
    extensions: upstream({ calls: 'each' }),
    resolve: async (_, { input }, context) => {
      refuse(broken(input, CREATE_THEME_RULES));
      const { theme, numImages, w, h, workspaceId } = input;
      const { astria, place } = scopeToMakeIn(context, workspaceId);
      const tuneIds = astriaIds('Tune', input.tuneIds, 'input.tuneIds');
      const attributes = toAstria({ numImages, w, h });
      const body = {
        ...{ theme, tune_ids: tuneIds },
        ...(Object.keys(attributes).length > 0 && { prompt_attributes: attributes }),
      };
      await paid(context, {
        ...{ mutation: 'createTheme', input, place, search: undefined, kept: NOTHING },
        send: async () => Object(await createTheme(astria, body)),
      });
      forgetReads(context);
      return { tuneIds, scope: scopeIn(context, place) };
    },
  }),
);
