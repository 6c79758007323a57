/** The relations of a pack. */

import { builder } from '../../graphql/builder.ts';
import { keysetConnection, pageArgs } from '../../graphql/connection.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { scopeOf } from '../../scope.ts';
import { promptPages } from '../prompt/loader.ts';
import { PromptConnectionType } from '../prompt/type.ts';
import { existingTune, TuneType } from '../tune/type.ts';
import { PackSlotType, tunesOf } from './slots.ts';
import { PackTemplateType, templatesOf } from './templates.ts';
import { DETAIL, detailed, PackType } from './type.ts';

builder.objectFields(PackType, (t) => ({
  baseTune: t.field({
    type: TuneType,
    description: 'The model its subjects are trained on.',
    extensions: upstream({ ids: 1 }),
    resolve: (pack, _, context) => existingTune(pack.base_tune_id, scopeOf(context, pack)),
  }),
  templates: t.field({
    type: [PackTemplateType],
    description: `The prompts that a run makes. ${DETAIL}`,
    args: {
      className: t.arg.string({ description: 'Only those for this class of subject: woman.' }),
    },
    extensions: upstream({ calls: 'each', sharedAs: 'detail', rows: 20 }),
    resolve: async (pack, { className }, context) => {
      const isMissing = !(pack.template_prompts || pack.prompts_per_class);
      const templates = templatesOf(await detailed(pack, isMissing, context));
      return className
        ? templates.filter((template) => template.className === className)
        : templates;
    },
  }),
  useMulti: t.boolean({
    description: `Whether one prompt brings several subjects together: run it on several \`tuneIds\`. ${DETAIL}`,
    extensions: upstream({ calls: 'each', sharedAs: 'detail' }),
    resolve: async (pack, _, context) =>
      (await detailed(pack, pack.use_multi === undefined, context)).use_multi,
  }),
  referenceClassNames: t.field({
    type: ['String'],
    nullable: { list: true, items: false },
    description: `The classes of the subjects that a multi pack brings together: shoes, dress. ${DETAIL}`,
    extensions: upstream({ calls: 'each', sharedAs: 'detail' }),
    resolve: async (pack, _, context) =>
      (await detailed(pack, !pack.reference_class_names, context)).reference_class_names ?? [],
  }),
  templateTunes: t.field({
    type: [TuneType],
    nullable: { list: true, items: true },
    description: `The tunes in its templates that your tunes replace. ${DETAIL}`,
    extensions: upstream({ calls: 'each', sharedAs: 'detail', ids: 5, rows: 5 }),
    resolve: async (pack, _, context, info) => {
      const { template_tunes } = await detailed(pack, !pack.template_tunes, context);
      return tunesOf(template_tunes, scopeOf(context, pack), info);
    },
  }),
  templateSlots: t.field({
    type: [PackSlotType],
    nullable: { list: true, items: false },
    description: `The slots of a multi pack that tunes can fill. ${DETAIL}`,
    extensions: upstream({ calls: 'each', sharedAs: 'detail', rows: 5 }),
    resolve: async (pack, _, context) => {
      const { template_slots } = await detailed(pack, !pack.template_slots, context);
      return (template_slots ?? []).map((slot) => ({ ...slot, pack }));
    },
  }),
  prompts: t.field({
    type: PromptConnectionType,
    description: 'Its templates, as prompts. Costs a call to Astria for each pack.',
    args: { ...pageArgs },
    extensions: upstream({ calls: 'each' }),
    resolve: (pack, args, context) =>
      keysetConnection(args, (page) =>
        promptPages(scopeOf(context, pack)).load({ pack_id: pack.id, ...page }),
      ),
  }),
  generatedPrompts: t.field({
    type: PromptConnectionType,
    description: 'The prompts that were generated from it. Costs a call to Astria for each pack.',
    args: { ...pageArgs },
    extensions: upstream({ calls: 'each' }),
    resolve: (pack, args, context) =>
      keysetConnection(args, (page) =>
        promptPages(scopeOf(context, pack)).load({ base_pack_id: pack.id, ...page }),
      ),
  }),
}));
