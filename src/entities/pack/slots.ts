import type { GraphQLResolveInfo } from 'graphql';
import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { isEnough } from '../../graphql/selection.ts';
import { placed, type Scope, scopeOf } from '../../scope.ts';
import { existingTune, TuneType } from '../tune/type.ts';
import type { PackRow } from './loader.ts';
import type { Pack } from './rest.ts';

type Slot = NonNullable<Pack['template_slots']>[number] & { pack: PackRow };
type Excerpts = Pack['template_tunes'];

export const PackSlotType = builder.objectRef<Slot>('PackSlot').implement({
  description: 'A slot in the templates of a multi pack that a tune can fill.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Its name: class-shoes.' }),
    label: t.exposeString('label', { description: 'Its name for people: Shoes.' }),
    filterNames: t.field({
      type: ['String'],
      nullable: { list: false, items: false },
      description: 'The classes of the tunes that fit: shoes, boots. Good for `filter.name`.',
      resolve: ({ filter_names }) => filter_names ?? [],
    }),
    templateTuneIds: t.field({
      type: ['SafeInt'],
      nullable: { list: false, items: false },
      description: "Astria's numbers of the tunes that your tunes replace.",
      resolve: ({ template_tune_ids }) => template_tune_ids ?? [],
    }),
    tunes: t.field({
      type: [TuneType],
      nullable: { list: true, items: true },
      description: 'Tunes that Astria offers for the slot.',
      extensions: upstream({ ids: 5, rows: 5 }),
      resolve: ({ tunes, pack }, _, context, info) => tunesOf(tunes, scopeOf(context, pack), info),
    }),
  }),
});

/** Returns tunes that a pack contains in part. That part is enough if nothing else is selected. */
export const tunesOf = (excerpts: Excerpts, scope: Scope, info: GraphQLResolveInfo) =>
  (excerpts ?? []).map((excerpt) =>
    isEnough(excerpt, info) ? placed('Tune', excerpt, scope) : existingTune(excerpt.id, scope),
  );
