import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { MoneyType } from '../../graphql/money.ts';
import { scopeOf } from '../../scope.ts';
import { promptById } from '../prompt/loader.ts';
import { PromptType } from '../prompt/type.ts';
import type { PackRow } from './loader.ts';

interface PackTemplate {
  pack: PackRow;
  id: number;
  className: string | null;
  text: string | null;
  milliCents: number | null;
  images: readonly string[];
}

export const PackTemplateType = builder.objectRef<PackTemplate>('PackTemplate').implement({
  description: 'A prompt that a run of the pack makes for its subject.',
  fields: (t) => ({
    astriaId: t.expose('id', { type: 'SafeInt', nullable: false, description: "Astria's number." }),
    className: t.exposeString('className', {
      description: 'The class it is for; null for the templates of a multi pack.',
    }),
    text: t.exposeString('text', {
      description: 'Its text, if the pack contains it. Otherwise read it from `prompt`.',
    }),
    cost: t.expose('milliCents', {
      type: MoneyType,
      description: 'Its price, if the pack contains it.',
    }),
    images: t.expose('images', {
      type: ['URL'],
      nullable: { list: false, items: false },
      description: 'What it has made before.',
    }),
    prompt: t.field({
      type: PromptType,
      description: 'The prompt itself; null if this key may not see it.',
      extensions: upstream({ ids: 1 }),
      resolve: ({ id, pack }, _, context) => promptById(scopeOf(context, pack)).load(id),
    }),
  }),
});

/** Reads Astria's two shapes, by class and flat. */
export function templatesOf(pack: PackRow): PackTemplate[] {
  const { prompts_per_class, template_prompts } = pack;
  const byClass = Object.entries(prompts_per_class ?? {}).flatMap(([className, prompts]) =>
    prompts.map(({ id, images }) => ({
      pack,
      id,
      className,
      text: null,
      milliCents: null,
      images: images ?? [],
    })),
  );
  const flat = (template_prompts ?? []).map(({ id, text, cost_mc }) => ({
    pack,
    id,
    className: null,
    text: text ?? null,
    milliCents: cost_mc ?? null,
    images: [],
  }));
  return [...byClass, ...flat];
}
