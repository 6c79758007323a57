/** The relations of a tune to other types. */

import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { scopeOf } from '../../scope.ts';
import { listPrompts, promptListArgs } from '../prompt/list.ts';
import { promptPagesByTune } from '../prompt/loader.ts';
import { PromptConnectionType } from '../prompt/type.ts';
import { TuneType } from './type.ts';

builder.objectField(TuneType, 'prompts', (t) =>
  t.field({
    type: PromptConnectionType,
    description:
      'The prompts run on this tune or referring to it, newest first. Costs a call to Astria for each tune.',
    args: promptListArgs,
    extensions: upstream({ calls: 'each' }),
    resolve: (tune, args, context) => {
      const pages = promptPagesByTune(scopeOf(context, tune));
      return listPrompts({ load: (query) => pages.load({ of: tune.id, ...query }) }, args);
    },
  }),
);
