import type { CodegenConfig } from '@graphql-codegen/cli';
import { printSchema } from 'graphql';
import { scalars } from './client/src/scalars.ts';
import { ASTRIA_SETS } from './src/graphql/astria-values.ts';
import { schema } from './src/graphql/schema.ts';

/** What is known, for the editor to offer; and any other text, since these sets grow. */
const openUnions = Object.fromEntries(
  Object.entries(ASTRIA_SETS).map(([name, { values }]) => [
    name,
    [...Object.keys(values).map((value) => `'${value}'`), '(string & {})'].join(' | '),
  ]),
);

const config = {
  useTypeImports: true,
  enumsAsTypes: true,
  scalars: { ...scalars, ...openUnions },
};

const codegen: CodegenConfig = {
  schema: printSchema(schema),
  documents: 'schema/operations/*.graphql',
  generates: {
    'schema/schema.graphql': { plugins: ['schema-ast'] },
    'schema/subgraph.graphql': { plugins: ['./client/codegen/subgraph.ts'] },
    'schema/trusted-documents.json': {
      // Added to those above.
      documents: 'schema/agents/*.graphql',
      plugins: ['./client/codegen/manifest.ts'],
    },
    'client/src/operations.generated.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config,
    },
    'client/src/fragments.generated.ts': {
      documents: 'client/fragments/*.graphql',
      plugins: ['typescript-operations', 'typed-document-node'],
      config,
    },
    // What caches must know of the schema.
    'client/src/kit.generated.ts': { plugins: ['./client/codegen/kit.ts'] },
    'client/src/introspection.generated.ts': { plugins: ['./client/codegen/introspection.ts'] },
  },
};

export default codegen;
