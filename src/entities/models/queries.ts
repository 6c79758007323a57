import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { catalogueOf } from './loader.ts';
import { ModelCatalogueType } from './type.ts';

builder.queryField('models', (t) =>
  t.field({
    type: ModelCatalogueType,
    description:
      'The models that generate images and videos. Needs no key, and is kept for as long as Astria says.',
    extensions: upstream({ calls: 'once' }),
    resolve: (_, _args, context) => catalogueOf(context),
  }),
);
