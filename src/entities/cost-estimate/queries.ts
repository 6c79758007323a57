/** Estimates what a write would cost. The input is checked as by the write, and nothing is made. */
import type { Context } from '../../context.ts';
import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { astriaId, astriaIds, maybeId, packIdOrSlug } from '../../graphql/ids.ts';
import { broken, refuse } from '../../graphql/rules.ts';
import { scopeToMakeIn } from '../../graphql/workspace-input.ts';
import type { Estimate } from '../../prices/estimate.ts';
import { lookFrom, MAX_CALLS } from '../../prices/look.ts';
import { pricedRun, priceOfRun } from '../pack/price.ts';
import { RunPackInput, runPackErrors } from '../pack/run-inputs.ts';
import {
  CreatePromptInput,
  DuplicatePromptInput,
  GenerateWithGeminiInput,
  GenerateWithSeedreamInput,
  type PromptAttributes,
} from '../prompt/inputs.ts';
import { priceOfCopy, priceOfPrompt } from '../prompt/price.ts';
import { copyErrors, promptErrors, seedreamErrors } from '../prompt/rules.ts';
import { CREATE_THEME_RULES, CreateThemeInput } from '../theme/inputs.ts';
import { priceOfTheme } from '../theme/price.ts';
import { CreateTuneInput, createTuneErrors } from '../tune/inputs.ts';
import { priceOfTune } from '../tune/price.ts';
import { CostEstimateType } from './type.ts';

const CostEstimateInput = builder.inputType('CostEstimateInput', {
  description:
    'The input of one of the mutations that cost money. Files in it are not read, so an address can be sent instead.',
  isOneOf: true,
  fields: (t) => ({
    createTune: t.field({ type: CreateTuneInput, description: 'The input of `createTune`.' }),
    createPrompt: t.field({ type: CreatePromptInput, description: 'The input of `createPrompt`.' }),
    generateWithGemini: t.field({
      type: GenerateWithGeminiInput,
      description: 'The input of `generateWithGemini`.',
    }),
    generateWithSeedream: t.field({
      type: GenerateWithSeedreamInput,
      description: 'The input of `generateWithSeedream`.',
    }),
    duplicatePrompt: t.field({
      type: DuplicatePromptInput,
      description: 'The input of `duplicatePrompt`.',
    }),
    runPack: t.field({ type: RunPackInput, description: 'The input of `runPack`.' }),
    createTheme: t.field({ type: CreateThemeInput, description: 'The input of `createTheme`.' }),
  }),
});

type Inputs = Required<typeof CostEstimateInput.$inferInput>;

interface EstimateRequest<Input> {
  input: NonNullable<Input>;
  /** The path of the input in the arguments. */
  root: readonly string[];
  context: Context;
}

type Estimators = {
  [Name in keyof Inputs]: (asked: EstimateRequest<Inputs[Name]>) => Promise<Estimate>;
};

const ESTIMATORS: Estimators = {
  createTune({ input, root, context }) {
    const { baseTuneId, workspaceId, promptsAttributes } = input;
    refuse(createTuneErrors(input, root));
    const base = maybeId('Tune', baseTuneId, at(root, 'baseTuneId'));
    const look = lookIn(context, workspaceId, root);
    return priceOfTune(look, { ...input, baseTuneId: base }, promptsAttributes ?? []);
  },
  createPrompt: ({ input, ...asked }) =>
    ofPrompt(asked, astriaId('Tune', input.tuneId, at(asked.root, 'tuneId')), input),
  generateWithGemini: ({ input, ...asked }) =>
    ofPrompt(asked, asked.context.config.geminiTuneId, input),
  generateWithSeedream: ({ input, ...asked }) =>
    ofPrompt(asked, asked.context.config.seedreamTuneId, input),
  duplicatePrompt({ input, root, context }) {
    const { id, overrides } = input;
    refuse(copyErrors(input, root));
    const look = lookIn(context, overrides?.workspaceId, [...root, 'overrides']);
    return priceOfCopy(look, astriaId('Prompt', id, at(root, 'id')), input);
  },
  runPack({ input, root, context }) {
    refuse(runPackErrors(input, root));
    const pack = packIdOrSlug(input.id, at(root, 'id'));
    const look = lookIn(context, input.workspaceId, root);
    return priceOfRun(look, pricedRun(pack, input, root.join('.')));
  },
  createTheme({ input, root, context }) {
    const { tuneIds, workspaceId } = input;
    refuse(broken(input, CREATE_THEME_RULES, root));
    const ids = astriaIds('Tune', tuneIds, at(root, 'tuneIds'));
    return priceOfTheme(lookIn(context, workspaceId, root), ids, input);
  },
};

function ofPrompt(
  { root, context }: Omit<EstimateRequest<never>, 'input'>,
  tuneId: number,
  prompt: PromptAttributes,
) {
  const isSeedream = tuneId === context.config.seedreamTuneId;
  refuse([...promptErrors(prompt, root), ...(isSeedream ? seedreamErrors(prompt, root) : [])]);
  return priceOfPrompt(lookIn(context, prompt.workspaceId, root), tuneId, prompt);
}

const at = (root: readonly string[], name: string) => [...root, name].join('.');

const lookIn = (
  context: Context,
  workspaceId: string | null | undefined,
  root: readonly string[],
) => lookFrom(context, scopeToMakeIn(context, workspaceId, root.join('.')).place);

builder.queryField('costEstimate', (t) =>
  t.field({
    type: CostEstimateType,
    nullable: false,
    description: `What one of the mutations that cost money would cost. It makes nothing. It takes ${MAX_CALLS} calls to Astria at most, and prices are cached for a day. An input that the mutation would refuse is refused here too.`,
    args: {
      input: t.arg({
        type: CostEstimateInput,
        required: true,
        description: 'The input of one of them, as it would be sent.',
      }),
    },
    extensions: upstream({ calls: 'each', times: MAX_CALLS }),
    resolve: (_, { input }, context) => estimateOf(input, context),
  }),
);

function estimateOf(inputs: Partial<Inputs>, context: Context): Promise<Estimate> {
  const [name] = Object.keys(inputs) as [keyof Inputs];
  const estimate = ESTIMATORS[name] as (asked: EstimateRequest<object>) => Promise<Estimate>;
  return estimate({ input: inputs[name] as object, root: ['input', name], context });
}
