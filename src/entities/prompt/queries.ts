import { builder } from '../../graphql/builder.ts';
import { byIdField } from '../../graphql/by-id.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { astriaId } from '../../graphql/ids.ts';
import { scopeIn } from '../../scope.ts';
import { listPrompts, promptListArgs } from './list.ts';
import { promptById, promptPages } from './loader.ts';
import { PromptConnectionType, PromptType } from './type.ts';

builder.queryFields((t) => ({
  prompt: t.field({
    type: PromptType,
    description: 'One prompt, or null if there is none that this key may see.',
    args: { id: t.arg.id({ required: true, description: 'Its `id` or its `astriaId`.' }) },
    extensions: upstream({ calls: 'each' }),
    resolve: (_, { id }, context) =>
      promptById(scopeIn(context)).load(astriaId('Prompt', id, 'id')),
  }),
  prompts: t.field({
    type: PromptConnectionType,
    description: 'The prompts of the account, newest first.',
    args: promptListArgs,
    extensions: upstream({ calls: 'each' }),
    resolve: (_, args, context) => listPrompts(promptPages(scopeIn(context)), args),
  }),
}));

byIdField('promptsById', { name: 'Prompt', type: PromptType, rowsIn: promptById });
