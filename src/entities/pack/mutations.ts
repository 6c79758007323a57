import { toAstria } from '../../graphql/astria-input.ts';
import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { maybeId } from '../../graphql/ids.ts';
import { payload } from '../../graphql/payload.ts';
import { broken, isBlank, type Rule, refuse } from '../../graphql/rules.ts';
import { scopeToMakeIn, workspaceField } from '../../graphql/workspace-input.ts';
import { forgetReads, placed } from '../../scope.ts';
import type { PackRow } from './loader.ts';
import { createPack } from './rest.ts';
import { PackType } from './type.ts';

const CreatePackInput = builder.inputType('CreatePackInput', {
  description: 'A pack, empty at first: prompts join it by their `packId`.',
  fields: (t) => ({
    title: t.string({ required: true, description: 'What to call it.' }),
    subtitle: t.string({ description: 'A line below the title.' }),
    baseTuneId: t.id({
      description: 'The model its subjects are to be trained on: its `id` or its `astriaId`.',
    }),
    modelType: t.field({ type: 'ModelType', description: 'How its subjects are to be trained.' }),
    workspaceId: workspaceField(t),
  }),
});

const CREATE_PACK_RULES: readonly Rule<typeof CreatePackInput.$inferInput>[] = [
  ['title', "can't be blank", (pack) => isBlank(pack.title)],
];

const CreatePackPayload = payload<{ pack: PackRow }>('CreatePackPayload', (t) => ({
  pack: t.field({
    type: PackType,
    nullable: false,
    description: 'The pack.',
    resolve: ({ pack }) => pack,
  }),
}));

builder.mutationField('createPack', (t) =>
  t.field({
    type: CreatePackPayload,
    nullable: false,
    description: 'Makes a pack, private at first.',
    args: {
      input: t.arg({ type: CreatePackInput, required: true, description: 'What to make.' }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: async (_, { input }, context) => {
      refuse(broken(input, CREATE_PACK_RULES));
      const { baseTuneId, workspaceId, ...pack } = input;
      const scope = scopeToMakeIn(context, workspaceId);
      const created = await createPack(
        scope.astria,
        toAstria({ ...pack, baseTuneId: maybeId('Tune', baseTuneId, 'input.baseTuneId') }),
      );
      forgetReads(context);
      return { pack: placed('Pack', created, scope) };
    },
  }),
);
