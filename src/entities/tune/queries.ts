import { builder } from '../../graphql/builder.ts';
import { byIdField } from '../../graphql/by-id.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { astriaId } from '../../graphql/ids.ts';
import { scopeIn } from '../../scope.ts';
import { listTunes, tuneListArgs } from './list.ts';
import { tuneById, tunePages } from './loader.ts';
import { TuneConnectionType, TuneType } from './type.ts';

builder.queryFields((t) => ({
  tune: t.field({
    type: TuneType,
    description: 'One tune, which may be public. Null if there is none that this key may see.',
    args: { id: t.arg.id({ required: true, description: 'Its `id` or its `astriaId`.' }) },
    extensions: upstream({ calls: 'each' }),
    resolve: (_, { id }, context) => tuneById(scopeIn(context)).load(astriaId('Tune', id, 'id')),
  }),
  tunes: t.field({
    type: TuneConnectionType,
    description: 'The tunes of the account, newest first.',
    args: tuneListArgs,
    extensions: upstream({ calls: 'each' }),
    resolve: (_, args, context) => listTunes(tunePages(scopeIn(context)), args),
  }),
}));

byIdField('tunesById', { name: 'Tune', type: TuneType, rowsIn: tuneById });
