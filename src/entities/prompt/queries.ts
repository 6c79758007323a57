import { scopeIn } from '../../context.ts';
import { builder } from '../../graphql/builder.ts';
import { keysetConnection, pageArgs } from '../../graphql/connection.ts';
import { astriaId } from '../../graphql/ids.ts';
import { PromptFilterInput, toPromptFilter } from './filter.ts';
import { promptById, promptPages } from './loader.ts';
import { PromptConnectionType, PromptType } from './type.ts';

builder.queryFields((t) => ({
  prompt: t.field({
    type: PromptType,
    description: 'One prompt, or null where there is none that this key may see.',
    args: { id: t.arg.id({ required: true, description: 'Its `id` or its `astriaId`.' }) },
    resolve: (_, { id }, context) =>
      promptById(scopeIn(context)).load(astriaId('Prompt', id, 'id')),
  }),
  prompts: t.field({
    type: PromptConnectionType,
    description: 'The prompts of the account, newest first.',
    args: {
      ...pageArgs,
      filter: t.arg({ type: PromptFilterInput, description: 'Only the rows that match.' }),
    },
    resolve: (_, { filter, ...args }, context) => {
      const wanted = toPromptFilter(filter);
      return keysetConnection(args, (page) =>
        promptPages(scopeIn(context)).load({ ...wanted, ...page }),
      );
    },
  }),
}));
