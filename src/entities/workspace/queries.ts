import { scopeIn } from '../../context.ts';
import { builder } from '../../graphql/builder.ts';
import { astriaId } from '../../graphql/ids.ts';
import { workspaceById, workspaceList } from './loader.ts';
import { WorkspaceType } from './type.ts';

builder.queryFields((t) => ({
  workspace: t.field({
    type: WorkspaceType,
    description:
      'One workspace, and what is in it: several can be read in one operation. Null where there is none that this key may see.',
    args: { id: t.arg.id({ required: true, description: 'Its `id` or its `astriaId`.' }) },
    resolve: (_, { id }, context) =>
      workspaceById(scopeIn(context)).load(astriaId('Workspace', id, 'id')),
  }),
  workspaces: t.field({
    type: [WorkspaceType],
    nullable: { list: true, items: false },
    description: 'All workspaces of the account; Astria does not page them.',
    resolve: (_, _args, context) => workspaceList(scopeIn(context)).load({}),
  }),
}));
