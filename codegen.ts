import type { CodegenConfig } from '@graphql-codegen/cli';
import { printSchema } from 'graphql';
import { ASTRIA_SETS } from './src/graphql/astria-values.ts';
import { schema } from './src/graphql/schema.ts';

/** What is known, for the editor to offer; and any other text, since these sets grow. */
const openUnions = Object.fromEntries(
  Object.entries(ASTRIA_SETS).map(([name, { values }]) => [
    name,
    [...Object.keys(values).map((value) => `'${value}'`), '(string & {})'].join(' | '),
  ]),
);

const config: CodegenConfig = {
  schema: printSchema(schema),
  documents: 'schema/operations/*.graphql',
  generates: {
    'schema/schema.graphql': { plugins: ['schema-ast'] },
    'src/generated/operations.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        scalars: {
          DateTime: 'string',
          URL: 'string',
          JSON: 'unknown',
          SafeInt: 'number',
          Upload: 'Blob',
          ...openUnions,
        },
      },
    },
  },
};

export default config;
