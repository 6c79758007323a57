import { toAstria } from '../../graphql/astria-input.ts';
import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { astriaIds } from '../../graphql/ids.ts';
import { paidPayload } from '../../graphql/payload.ts';
import { broken, refuse } from '../../graphql/rules.ts';
import { scopeToMakeIn } from '../../graphql/workspace-input.ts';
import { type Kept, paid } from '../../paid/paid.ts';
import { forgetReads, type Scope, scopeIn } from '../../scope.ts';
import { existingTune, TuneType } from '../tune/type.ts';
import { CREATE_THEME_RULES, CreateThemeInput } from './inputs.ts';
import { priceOfTheme } from './price.ts';
import { createTheme } from './rest.ts';

const CreateThemePayload = paidPayload<{ tuneIds: number[]; scope: Scope }>(
  'CreateThemePayload',
  () => null,
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
  // Which prompts appear, it does not tell.
  priced: () => ({ jobs: [] }),
};

builder.mutationField('createTheme', (t) =>
  t.field({
    type: CreateThemePayload,
    nullable: false,
    description:
      'Makes Astria write and run ten prompts on a theme for each tune. Costs money, and cannot be undone. Its result cannot be recognized afterwards: if the answer is lost, `outcome` stays `UNKNOWN`.',
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
        ...{ mutation: 'createTheme', input, place, search: undefined, kept: NOTHING, parts: null },
        estimate: (look) => priceOfTheme(look, tuneIds, input),
        send: async () => Object(await createTheme(astria, body)),
      });
      forgetReads(context);
      return { tuneIds, scope: scopeIn(context, place) };
    },
  }),
);
