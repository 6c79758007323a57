import { builder } from '../../graphql/builder.ts';
import { FOR_ALL } from '../../graphql/caching.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { catalogueOf } from './loader.ts';
import { ModelCatalogueType } from './type.ts';

builder.queryField('models', (t) =>
  t.field({
    type: ModelCatalogueType,
    description:
      'The models that generate images and videos. Needs no key, and is cached for as long as Astria says.',
    extensions: { ...upstream({ calls: 'once' }), ...FOR_ALL },
    resolve: (_, _args, context) => catalogueOf(context),
  }),
);
