import { scopeIn } from '../../context.ts';
import { builder } from '../../graphql/builder.ts';
import { keysetConnection, offsetConnection, pageArgs } from '../../graphql/connection.ts';
import { PackFilterInput } from '../pack/filter.ts';
import { galleryPackPages } from '../pack/loader.ts';
import { PackConnectionType } from '../pack/type.ts';
import { TuneFilterInput, toTuneFilter } from '../tune/filter.ts';
import { galleryTunePages } from '../tune/loader.ts';
import { TuneConnectionType } from '../tune/type.ts';

const GalleryType = builder.objectRef<object>('Gallery').implement({
  description: "What Astria's users have made public, and the foundation models.",
  fields: (t) => ({
    tunes: t.field({
      type: TuneConnectionType,
      description: 'Public tunes, the foundation models among them, newest first.',
      args: {
        ...pageArgs,
        filter: t.arg({ type: TuneFilterInput, description: 'Only the rows that match.' }),
      },
      resolve: (_, { filter, ...args }, context) => {
        const wanted = toTuneFilter(filter);
        return keysetConnection(args, (page) =>
          galleryTunePages(scopeIn(context)).load({ ...wanted, ...page }),
        );
      },
    }),
    packs: t.field({
      type: PackConnectionType,
      description: 'Public packs, newest first.',
      args: {
        ...pageArgs,
        filter: t.arg({ type: PackFilterInput, description: 'Only the rows that match.' }),
      },
      resolve: (_, { filter, ...args }, context) =>
        offsetConnection(args, (page) =>
          galleryPackPages(scopeIn(context)).load({ ...filter, ...page }),
        ),
    }),
  }),
});

builder.queryField('gallery', (t) =>
  t.field({
    type: GalleryType,
    nullable: false,
    description: 'What is public.',
    resolve: () => ({}),
  }),
);
