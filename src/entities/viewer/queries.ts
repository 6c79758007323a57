import { scopeIn } from '../../context.ts';
import { builder } from '../../graphql/builder.ts';
import { viewerIn } from './loader.ts';
import { ViewerType } from './type.ts';

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerType,
    description: 'The owner of the key.',
    resolve: (_, _args, context) => viewerIn(scopeIn(context))(),
  }),
);
