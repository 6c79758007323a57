import { builder } from '../../graphql/builder.ts';

export const PackFilterInput = builder.inputType('PackFilter', {
  description: 'Which packs to list. A row must match every field given.',
  fields: (t) => ({
    public: t.boolean({
      description: 'Public packs. `true`: only those. `false` or left out: all.',
    }),
    listed: t.boolean({
      description: 'Packs listed in the gallery. `true`: only those. `false` or left out: all.',
    }),
  }),
});
