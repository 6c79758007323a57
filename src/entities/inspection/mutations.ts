import { mediaToAstria } from '../../graphql/astria-input.ts';
import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { MediaInput } from '../../graphql/media.ts';
import { payload } from '../../graphql/payload.ts';
import { scopeToChangeIn } from '../../graphql/workspace-input.ts';
import { type Inspection, inspectImage } from './rest.ts';
import { InspectionType } from './type.ts';

const InspectImageInput = builder.inputType('InspectImageInput', {
  description: 'A picture to look at.',
  fields: (t) => ({
    image: t.field({ type: MediaInput, required: true, description: 'The picture.' }),
    name: t.string({ description: 'The class of its subject, if known: man, woman, dress …' }),
    workspaceId: t.id({
      description:
        "The workspace for which it is inspected: its `id` or its `astriaId`. The request's own if left out.",
    }),
  }),
});

const InspectImagePayload = payload<{ inspection: Inspection }>('InspectImagePayload', (t) => ({
  inspection: t.field({
    type: InspectionType,
    nullable: false,
    description: 'What Astria saw.',
    resolve: ({ inspection }) => inspection,
  }),
}));

builder.mutationField('inspectImage', (t) =>
  t.field({
    type: InspectImagePayload,
    nullable: false,
    description:
      'Inspects a picture: who is in it, for the `characteristics` of a tune, and whether it is good to train on.',
    args: {
      input: t.arg({ type: InspectImageInput, required: true, description: 'The picture.' }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: async (_, { input: { image, name, workspaceId } }, context) => {
      const picture = { ...(name && { name }), ...mediaToAstria({ file: image }) };
      const { astria } = scopeToChangeIn(context, workspaceId);
      return { inspection: await inspectImage(astria, picture) };
    },
  }),
);
