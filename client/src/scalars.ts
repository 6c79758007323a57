/** The TypeScript type of each scalar of the graph: for codegen's `scalars`, and Relay's `customScalarTypes`. */
export const scalars = {
  DateTime: 'string',
  URL: 'string',
  JSON: 'unknown',
  SafeInt: 'number',
  Upload: 'Blob',
  // Astria's own values, which may grow.
  AspectRatio: 'string',
  Resolution: 'string',
  Scheduler: 'string',
  ColorGrading: 'string',
  ModelType: 'string',
  TrainingPreset: 'string',
} as const;

/** The same as a type, for gql.tada: `initGraphQLTada<{ introspection: …; scalars: Scalars }>()`. */
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
