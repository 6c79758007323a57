import { builder } from '../../graphql/builder.ts';
import { catalogueOf } from './loader.ts';
import { ModelCatalogueType } from './type.ts';

builder.queryField('models', (t) =>
  t.field({
    type: ModelCatalogueType,
    description:
      'What can be generated with. Needs no key, and is kept for as long as Astria says.',
    resolve: (_, _args, context) => catalogueOf(context),
  }),
);
