import { scopeIn } from '../../context.ts';
import { builder } from '../../graphql/builder.ts';
import { keysetConnection, pageArgs } from '../../graphql/connection.ts';
import { astriaId } from '../../graphql/ids.ts';
import { TuneFilterInput, toTuneFilter } from './filter.ts';
import { tuneById, tunePages } from './loader.ts';
import { TuneConnectionType, TuneType } from './type.ts';

builder.queryFields((t) => ({
  tune: t.field({
    type: TuneType,
    description: 'One tune, a public one too; null where there is none that this key may see.',
    args: { id: t.arg.id({ required: true, description: 'Its `id` or its `astriaId`.' }) },
    resolve: (_, { id }, context) => tuneById(scopeIn(context)).load(astriaId('Tune', id, 'id')),
  }),
  tunes: t.field({
    type: TuneConnectionType,
    description: 'The tunes of the account, newest first.',
    args: {
      ...pageArgs,
      filter: t.arg({ type: TuneFilterInput, description: 'Only the rows that match.' }),
    },
    resolve: (_, { filter, ...args }, context) => {
      const wanted = toTuneFilter(filter);
      return keysetConnection(args, (page) =>
        tunePages(scopeIn(context)).load({ ...wanted, ...page }),
      );
    },
  }),
}));
