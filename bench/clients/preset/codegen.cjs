/** codegen's client preset, with the client package's scalars. */
const { scalars } = require('astria-graphql-client/scalars');

module.exports = {
  schema: require.resolve('astria-graphql-client/schema.graphql'),
  documents: `${__dirname}/app.ts`,
  generates: {
    [`${__dirname}/gql/`]: {
      preset: 'client',
      config: { scalars, enumsAsTypes: true, useTypeImports: true },
    },
  },
  emitLegacyCommonJSImports: false,
};
