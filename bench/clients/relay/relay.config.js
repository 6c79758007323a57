/** As a user of the client package would write it. */
const { customScalarTypes } = require('astria-graphql-client/relay');

module.exports = {
  src: __dirname,
  language: 'javascript',
  eagerEsModules: false,
  schema: require.resolve('astria-graphql-client/schema.graphql'),
  customScalarTypes,
};
