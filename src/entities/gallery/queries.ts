import { builder } from '../../graphql/builder.ts';
import { FOR_ALL } from '../../graphql/caching.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { scopeForAll } from '../../scope.ts';
import { listPacks, packListArgs } from '../pack/list.ts';
import { galleryPackPages } from '../pack/loader.ts';
import { PackConnectionType } from '../pack/type.ts';
import { listTunes, tuneListArgs } from '../tune/list.ts';
import { galleryTunePages } from '../tune/loader.ts';
import { TuneConnectionType } from '../tune/type.ts';

/** How long caches may give what it told to others: it changes rarely, and nobody waits for it. */
const FRESH_SECONDS = 60;

const GalleryType = builder.objectRef<object>('Gallery').implement({
  description:
    "The tunes and packs that Astria's users have made public, and the foundation models.",
  fields: (t) => ({
    tunes: t.field({
      type: TuneConnectionType,
      description: 'Public tunes, the foundation models among them, newest first.',
      args: tuneListArgs,
      extensions: { ...upstream({ calls: 'each' }), ...FOR_ALL },
      resolve: (_, args, context) => listTunes(galleryTunePages(scopeForAll(context)), args),
    }),
    packs: t.field({
      type: PackConnectionType,
      description: 'Public packs, newest first.',
      args: packListArgs,
      extensions: { ...upstream({ calls: 'each' }), ...FOR_ALL },
      resolve: (_, args, context) => listPacks(galleryPackPages(scopeForAll(context)), args),
    }),
  }),
});

builder.queryField('gallery', (t) =>
  t.field({
    type: GalleryType,
    nullable: false,
    description: 'What is public.',
    extensions: FOR_ALL,
    resolve: (_, _args, { freshness }) => {
      freshness.atMost(FRESH_SECONDS);
      return {};
    },
  }),
);
