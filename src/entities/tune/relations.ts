/** What a tune leads to, beyond tunes. */
import { scopeOf } from '../../context.ts';
import { builder } from '../../graphql/builder.ts';
import { keysetConnection, pageArgs } from '../../graphql/connection.ts';
import { PromptFilterInput, toPromptFilter } from '../prompt/filter.ts';
import { promptPagesByTune } from '../prompt/loader.ts';
import { PromptConnectionType } from '../prompt/type.ts';
import { TuneType } from './type.ts';

builder.objectField(TuneType, 'prompts', (t) =>
  t.field({
    type: PromptConnectionType,
    description:
      'The prompts run on this tune or referring to it, newest first. Costs a call to Astria for each tune.',
    args: {
      ...pageArgs,
      filter: t.arg({ type: PromptFilterInput, description: 'Only the rows that match.' }),
    },
    resolve: (tune, { filter, ...args }, context) => {
      const wanted = { of: tune.id, ...toPromptFilter(filter) };
      return keysetConnection(args, (page) =>
        promptPagesByTune(scopeOf(context, tune)).load({ ...wanted, ...page }),
      );
    },
  }),
);
