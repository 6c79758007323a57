/** `runPack`, with Astria's three shapes of answers as one. */
import { placeOf } from '../../auth/bounds.ts';
import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { packIdOrSlug } from '../../graphql/ids.ts';
import { MoneyType } from '../../graphql/money.ts';
import { ourCallback, withCallback } from '../../graphql/our-callback.ts';
import { paidPayload } from '../../graphql/payload.ts';
import { refuse } from '../../graphql/rules.ts';
import { type Warning, WarningType, workspaceWarnings } from '../../graphql/warnings.ts';
import { scopeToMakeIn } from '../../graphql/workspace-input.ts';
import { withoutInternals } from '../../observe/secrets.ts';
import { type Kept, paid } from '../../paid/paid.ts';
import { forgetReads, placed, type Scope, scopeIn } from '../../scope.ts';
import { existingPrompt } from '../prompt/relations.ts';
import { PromptType } from '../prompt/type.ts';
import { keptTune, tuneSearch } from '../tune/search.ts';
import { existingTune, TuneType } from '../tune/type.ts';
import { pricedRun, priceOfRun } from './price.ts';
import { type PackRun, runPack } from './rest.ts';
import { RunPackInput, runPackErrors, toAstriaRun } from './run-inputs.ts';

type Order = NonNullable<PackRun['order']> & { scope: Scope };

const PackOrderType = builder.objectRef<Order>('PackOrder').implement({
  description: 'The order under which Astria books a run of a multi pack.',
  fields: (t) => ({
    astriaId: t.expose('id', {
      type: 'SafeInt',
      nullable: false,
      description: "Astria's number, for the `orderId` of a filter.",
    }),
    tuneIds: t.field({
      type: ['SafeInt'],
      nullable: { list: false, items: false },
      description: "Astria's numbers of the tunes it was run on.",
      resolve: ({ tune_ids }) => tune_ids ?? [],
    }),
    tunes: t.field({
      type: [TuneType],
      nullable: { list: false, items: true },
      description: 'The tunes it was run on.',
      extensions: upstream({ ids: 5, rows: 5 }),
      resolve: ({ tune_ids, scope }) => (tune_ids ?? []).map((id) => existingTune(id, scope)),
    }),
    totalCost: t.expose('total_cost_mc', {
      type: MoneyType,
      description: 'What it cost in total; null if Astria does not report it.',
    }),
  }),
});

interface Ran {
  run: PackRun;
  scope: Scope;
  warnings: Warning[];
}

const costOf = ({ run }: Ran) => run.order?.total_cost_mc ?? null;

const RunPackPayload = paidPayload<Ran>('RunPackPayload', costOf, (t) => ({
  tune: t.field({
    type: TuneType,
    description:
      'The tune that is trained on the photos; null for a run on existing tunes. Wait for it with a subscription to `tune(id:)`, or with `waitFor(ids:)`.',
    resolve: ({ run, scope }) => (isTune(run) ? placed('Tune', run, scope) : null),
  }),
  promptIds: t.field({
    type: ['SafeInt'],
    nullable: { list: true, items: false },
    description: "Astria's numbers of the prompts it made; null if Astria does not report them.",
    resolve: ({ run }) => run.prompt_ids,
  }),
  prompts: t.field({
    type: [PromptType],
    nullable: { list: true, items: true },
    description:
      'The prompts it made. Wait for them with `jobs(ids:)` or `waitFor(ids:)`. Null if Astria does not report them. Then find them by `filter: { basePackId }`, in the workspace they were made in.',
    extensions: upstream({ ids: 20, rows: 20 }),
    resolve: ({ run, scope }) => run.prompt_ids?.map((id) => existingPrompt(id, scope)),
  }),
  warnings: t.field({
    type: [WarningType],
    nullable: { list: false, items: false },
    description:
      'How the result differs from what was requested. It needs the prompts, so it is empty if Astria does not say which they are, and it costs the calls to read them.',
    extensions: upstream({ ids: 20, rows: 20 }),
    resolve: warningsOf,
  }),
  order: t.field({
    type: PackOrderType,
    description: 'The order of the run. Null unless the pack is a multi pack.',
    resolve: ({ run, scope }) => run.order && { ...run.order, scope },
  }),
  message: t.string({
    description: "Astria's message, if there is one.",
    resolve: ({ run }) => run.message && withoutInternals(run.message),
  }),
}));

builder.mutationField('runPack', (t) =>
  t.field({
    type: RunPackPayload,
    nullable: false,
    description:
      'Makes the prompts of a pack, of a subject in photos or of tunes there are already. Costs money, and cannot be undone. Run on tunes, it leaves nothing it could surely be known by: if the answer is lost, `outcome` stays `UNKNOWN`.',
    args: { input: t.arg({ type: RunPackInput, required: true, description: 'What to run.' }) },
    extensions: upstream({ calls: 'each' }),
    resolve: async (_, { input }, context) => {
      const { id, workspaceId } = input;
      refuse(runPackErrors(input));
      const { astria, place } = scopeToMakeIn(context, workspaceId);
      const packId = packIdOrSlug(id, 'input.id');
      const body = toAstriaRun(input);
      const { row, warnings } = await paid(context, {
        ...{ mutation: 'runPack', input, place, kept: keptRun, parts: null },
        // Only a tune of its own can be known again: prompts of a pack are made by whoever runs it.
        search: input.title == null ? undefined : tuneSearch(input.title, body),
        estimate: (look) => priceOfRun(look, pricedRun(packId, input)),
        send: () => runPack(astria, packId, withOurs(body, ourCallback(context, place))),
      });
      forgetReads(context);
      return { run: row, scope: scopeIn(context, place), warnings };
    },
  }),
);

const keptRun: Kept<PackRun> = {
  kind: 'tune',
  keep: ({ id, message, order, prompt_ids }) =>
    id ? { id } : { id: null, told: { message, order, prompt_ids } },
  again: async (made, astria) =>
    made.id === null ? (made.told as PackRun) : keptTune.again(made, astria),
  // The prompts of a tune that is trained first are not told.
  priced: ({ id, order, prompt_ids }) => ({
    jobs: id ? [`tune:${id}`] : (prompt_ids ?? []).map((prompt) => `prompt:${prompt}`),
    isAll: !id && prompt_ids != null,
    ...(order?.total_cost_mc != null && { costMc: order.total_cost_mc }),
  }),
};

/** Adds our callback to the tune, if one is trained, and to the prompts. */
function withOurs(body: ReturnType<typeof toAstriaRun>, callback: string | undefined) {
  const { tune_ids, prompt_attributes } = body;
  const told = tune_ids ? body : withCallback(body, callback);
  return prompt_attributes?.callback == null
    ? withCallback(told, callback, 'prompts_callback')
    : told;
}

const isTune = (run: PackRun): run is PackRun & { id: number } => Boolean(run.id);

async function warningsOf({ run, scope, warnings }: Ran): Promise<Warning[]> {
  const reads = await Promise.allSettled(
    (run.prompt_ids ?? []).map(async (id) => existingPrompt(id, scope)),
  );
  const places = new Set(
    reads.map((read) =>
      read.status === 'fulfilled' && read.value ? placeOf(read.value) : undefined,
    ),
  );
  const misplaced = [...places].flatMap((place) =>
    workspaceWarnings(scope.place ?? undefined, place),
  );
  return [...warnings, ...misplaced];
}
