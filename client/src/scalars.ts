/** What stands for each scalar of the graph in TypeScript: for codegen's `scalars`, and Relay's `customScalarTypes`. */
export const scalars = {
  DateTime: 'string',
  URL: 'string',
  JSON: 'unknown',
  SafeInt: 'number',
  Upload: 'Blob',
  // Astria's own words, of which more may come.
  AspectRatio: 'string',
  Resolution: 'string',
  Scheduler: 'string',
  ColorGrading: 'string',
  ModelType: 'string',
  TrainingPreset: 'string',
} as const;

/** The same as types, for gql.tada: `initGraphQLTada<{ introspection: …; scalars: Scalars }>()`. */
export interface Scalars {
  DateTime: string;
  URL: string;
  JSON: unknown;
  SafeInt: number;
  Upload: Blob;
  AspectRatio: string;
  Resolution: string;
  Scheduler: string;
  ColorGrading: string;
  ModelType: string;
  TrainingPreset: string;
}
