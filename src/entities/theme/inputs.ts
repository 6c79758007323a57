import { builder } from '../../graphql/builder.ts';
import { isBlank, isNoLength, isOutside, type Rule } from '../../graphql/rules.ts';
import { workspaceField } from '../../graphql/workspace-input.ts';
import { paidFields } from '../../paid/max-cost.ts';

export const CreateThemeInput = builder.inputType('CreateThemeInput', {
  description: 'A theme for Astria to write prompts on.',
  fields: (t) => ({
    theme: t.string({
      required: true,
      description: 'The theme, in a few words: `a summer by the sea`.',
    }),
    tuneIds: t.idList({
      required: true,
      description: 'The subjects of the prompts: tunes, by `id` or `astriaId`.',
    }),
    numImages: t.int({ description: 'How many images each prompt makes, 1 to 8.' }),
    w: t.int({ description: 'Width in pixels, a multiple of 8.' }),
    h: t.int({ description: 'Height in pixels, a multiple of 8.' }),
    workspaceId: workspaceField(t),
    ...paidFields(t),
  }),
});

export const CREATE_THEME_RULES: readonly Rule<typeof CreateThemeInput.$inferInput>[] = [
  ['theme', "can't be blank", (input) => isBlank(input.theme)],
  ['tuneIds', "can't be blank", (input) => input.tuneIds.length === 0],
  ['numImages', 'must be between 1 and 8', (input) => isOutside(input.numImages, 1, 8)],
  ['w', 'must be a multiple of 8', (input) => isNoLength(input.w)],
  ['h', 'must be a multiple of 8', (input) => isNoLength(input.h)],
];
