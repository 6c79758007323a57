/** What stands for each scalar of the graph in TypeScript: for codegen's `scalars`, and Relay's `customScalarTypes`. */
export const scalars = {
  DateTime: 'string',
  URL: 'string',
  JSON: 'unknown',
  SafeInt: 'number',
  Upload: 'Blob',
} as const;

/** The same as types, for gql.tada: `initGraphQLTada<{ introspection: …; scalars: Scalars }>()`. */
export interface Scalars {
  DateTime: string;
  URL: string;
  JSON: unknown;
  SafeInt: number;
  Upload: Blob;
}
