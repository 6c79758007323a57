import type { Context } from '../../context.ts';
import { builder } from '../../graphql/builder.ts';
import { FOR_ALL } from '../../graphql/caching.ts';
import { connectionType } from '../../graphql/connection.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { existing } from '../../graphql/existing.ts';
import { globalId } from '../../graphql/ids.ts';
import { loadsNode, NodeInterface } from '../../graphql/node.ts';
import { type Scope, scopeIn, scopeOf } from '../../scope.ts';
import { costsOf, PackCostType } from './costs.ts';
import { type PackRow, packById, packDetail } from './loader.ts';

export const PackType = builder.objectRef<PackRow>('Pack');
export const PackConnectionType = connectionType(PackType, 'Pack');

loadsNode(
  'Pack',
  (context, id) => packDetail(scopeIn(context)).load(id),
  (context, id) => packById(scopeIn(context)).load(id),
);

export const DETAIL = 'In a list that leaves it out, it costs a call to Astria for each pack.';

PackType.implement({
  description: 'A collection of prompt templates, to be run on one subject after another.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      extensions: FOR_ALL,
      description: 'The global id.',
      resolve: (pack) => globalId('Pack', pack.id),
    }),
    astriaId: t.expose('id', {
      type: 'SafeInt',
      nullable: false,
      extensions: FOR_ALL,
      description: "Astria's number.",
    }),
    slug: t.exposeString('slug', {
      extensions: FOR_ALL,
      description: 'Its name in addresses; good for `pack(id)` too.',
    }),
    title: t.exposeString('title', { extensions: FOR_ALL, description: 'Its name.' }),
    subtitle: t.exposeString('subtitle', {
      extensions: FOR_ALL,
      description: 'A line below the title.',
    }),
    mainClassName: t.exposeString('main_class_name', {
      extensions: FOR_ALL,
      description: 'The class of its main subject: shoes, woman …',
    }),
    baseTuneId: t.expose('base_tune_id', {
      type: 'SafeInt',
      extensions: FOR_ALL,
      description: "Astria's number of the model its subjects are trained on.",
    }),
    userId: t.expose('user_id', { type: 'SafeInt', description: "Astria's number of its author." }),
    token: t.exposeString('token', {
      extensions: FOR_ALL,
      description: 'The word that stands for the subject in its texts.',
    }),
    modelType: t.expose('model_type', {
      type: 'ModelType',
      extensions: FOR_ALL,
      description: 'How its subjects are trained; null for a checkpoint.',
    }),
    multiplier: t.exposeFloat('multiplier', {
      extensions: FOR_ALL,
      description: "`multiplier` of Astria's, a factor of its price.",
    }),
    multiplierApi: t.exposeFloat('multiplier_api', {
      extensions: FOR_ALL,
      description: "`multiplier_api` of Astria's, a factor of its price through the API.",
    }),
    costs: t.field({
      type: [PackCostType],
      nullable: { list: false, items: false },
      extensions: FOR_ALL,
      description: 'What it costs, for each class of subject.',
      resolve: (pack) => costsOf(pack),
    }),
    coverUrl: t.field({
      type: 'URL',
      description: `Its picture. ${DETAIL}`,
      extensions: upstream({ calls: 'each', sharedAs: 'detail' }),
      resolve: async (pack, _, context) =>
        (await detailed(pack, pack.cover_url === undefined, context)).cover_url,
    }),
    logo: t.expose('logo', {
      type: 'URL',
      extensions: FOR_ALL,
      description: 'The logo of its author.',
    }),
    publicAt: t.expose('public_at', {
      type: 'DateTime',
      extensions: FOR_ALL,
      description: 'When it was made public; null while it is private.',
    }),
    unlistedAt: t.expose('unlisted_at', {
      type: 'DateTime',
      description: 'When it was taken out of the gallery; null while it is in.',
    }),
    createdAt: t.expose('created_at', {
      type: 'DateTime',
      extensions: FOR_ALL,
      description: 'When it was made.',
    }),
    updatedAt: t.expose('updated_at', {
      type: 'DateTime',
      extensions: FOR_ALL,
      description: 'When it last changed.',
    }),
  }),
});

/** Loads the whole pack if the row of a list lacks a field. All fields share that call. */
export async function detailed(
  pack: PackRow,
  isMissing: boolean,
  context: Context,
): Promise<PackRow> {
  if (!isMissing) return pack;
  return (await packDetail(scopeOf(context, pack)).load(pack.id)) ?? pack;
}

/** Loads a pack that another object names. */
export const existingPack = (id: number | null | undefined, scope: Scope) =>
  existing('Pack', id, packById(scope));
