import { builder } from '../../graphql/builder.ts';

export const PackFilterInput = builder.inputType('PackFilter', {
  description: 'Which packs to list. All that is given must hold.',
  fields: (t) => ({
    public: t.boolean({ description: 'Public packs. True: only those. False or left out: all.' }),
    listed: t.boolean({
      description: 'Packs listed in the gallery. True: only those. False or left out: all.',
    }),
  }),
});
