import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { packIdOrSlug } from '../../graphql/ids.ts';
import { scopeIn } from '../../scope.ts';
import { listPacks, packListArgs } from './list.ts';
import { packDetail, packPages } from './loader.ts';
import { PackConnectionType, PackType } from './type.ts';

builder.queryFields((t) => ({
  pack: t.field({
    type: PackType,
    description: 'One pack, which may be public. Null if there is none that this key may see.',
    args: {
      id: t.arg.id({ required: true, description: 'Its `id`, its `astriaId` or its `slug`.' }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: (_, { id }, context) => packDetail(scopeIn(context)).load(packIdOrSlug(id, 'id')),
  }),
  packs: t.field({
    type: PackConnectionType,
    description: 'The packs of the account, newest first.',
    args: packListArgs,
    extensions: upstream({ calls: 'each' }),
    resolve: (_, args, context) => listPacks(packPages(scopeIn(context)), args),
  }),
}));
