import { mayUse } from '../../auth/bounds.ts';
import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { astriaId } from '../../graphql/ids.ts';
import { scopeForAll } from '../../scope.ts';
import { workspaceList } from './loader.ts';
import { WorkspaceType, workspaceFor } from './type.ts';

builder.queryFields((t) => ({
  workspace: t.field({
    type: WorkspaceType,
    description:
      'One workspace, and what is in it. An operation can read several. Null if there is none that this key may see.',
    args: { id: t.arg.id({ required: true, description: 'Its `id` or its `astriaId`.' }) },
    extensions: upstream({ calls: 'each' }),
    resolve: (_, { id }, context) => workspaceFor(context, astriaId('Workspace', id, 'id')),
  }),
  workspaces: t.field({
    type: [WorkspaceType],
    nullable: { list: true, items: false },
    description: 'All workspaces of the account that you may use; Astria does not page them.',
    extensions: upstream({ calls: 'once', rows: 10 }),
    resolve: async (_, _args, context) => {
      const all = await workspaceList(scopeForAll(context)).load({});
      return all.filter(({ id }) => mayUse(context.caller, String(id)));
    },
  }),
}));
