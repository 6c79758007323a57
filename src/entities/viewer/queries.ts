import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { scopeIn } from '../../scope.ts';
import { viewerIn } from './loader.ts';
import { UNTOLD, ViewerType } from './type.ts';

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerType,
    description: 'The owner of the key.',
    extensions: upstream({ calls: 'once' }),
    resolve: (_, _args, context) =>
      context.caller.workspaces ? UNTOLD : viewerIn(scopeIn(context))(),
  }),
);
