// Only GraphQL is linted here; TypeScript is Biome's. What is switched off has its reason in docs/decisions/0007-the-graph.md.
import graphql from '@graphql-eslint/eslint-plugin';

const { configs, parser } = graphql;

export default [
  {
    files: ['schema/**/*.graphql'],
    languageOptions: {
      parser,
      parserOptions: {
        graphQLConfig: {
          schema: 'schema/schema.graphql',
          documents: 'schema/{operations,agents}/*.graphql',
        },
      },
    },
    plugins: { '@graphql-eslint': graphql },
  },
  {
    files: ['schema/schema.graphql'],
    rules: {
      ...configs['schema-recommended'].rules,
      ...configs['schema-all'].rules,
      ...configs['schema-relay'].rules,
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
      '@graphql-eslint/alphabetize': 'off',
      '@graphql-eslint/no-root-type': 'off',
      '@graphql-eslint/require-nullable-result-in-root': 'off',
      '@graphql-eslint/strict-id-in-types': 'off',
    },
  },
  {
    files: ['schema/{operations,agents}/*.graphql'],
    rules: {
      ...configs['operations-recommended'].rules,
      ...configs['operations-all'].rules,
      '@graphql-eslint/alphabetize': 'off',
    },
  },
];
