/** What a pack leads to. */
import { scopeOf } from '../../context.ts';
import { builder } from '../../graphql/builder.ts';
import { keysetConnection, pageArgs } from '../../graphql/connection.ts';
import { promptPages } from '../prompt/loader.ts';
import { PromptConnectionType } from '../prompt/type.ts';
import { existingTune, TuneType } from '../tune/type.ts';
import { PackTemplateType, templatesOf } from './templates.ts';
import { detailed, PackType } from './type.ts';

builder.objectFields(PackType, (t) => ({
  baseTune: t.field({
    type: TuneType,
    description: 'The model its subjects are trained on.',
    resolve: (pack, _, context) => existingTune(pack.base_tune_id, scopeOf(context, pack)),
  }),
  templates: t.field({
    type: [PackTemplateType],
    description:
      'The prompts that a run makes. In a list that leaves them out, it costs a call to Astria for each pack.',
    args: {
      className: t.arg.string({ description: 'Only those for this class of subject: woman.' }),
    },
    resolve: async (pack, { className }, context) => {
      const field = pack.template_prompts ? 'template_prompts' : 'prompts_per_class';
      const templates = templatesOf(await detailed(pack, field, context));
      return className
        ? templates.filter((template) => template.className === className)
        : templates;
    },
  }),
  prompts: t.field({
    type: PromptConnectionType,
    description: 'Its templates, as prompts. Costs a call to Astria for each pack.',
    args: { ...pageArgs },
    resolve: (pack, args, context) =>
      keysetConnection(args, (page) =>
        promptPages(scopeOf(context, pack)).load({ pack_id: pack.id, ...page }),
      ),
  }),
  generatedPrompts: t.field({
    type: PromptConnectionType,
    description: 'The prompts that were generated from it. Costs a call to Astria for each pack.',
    args: { ...pageArgs },
    resolve: (pack, args, context) =>
      keysetConnection(args, (page) =>
        promptPages(scopeOf(context, pack)).load({ base_pack_id: pack.id, ...page }),
      ),
  }),
}));
