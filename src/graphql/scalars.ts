import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON, GraphQLSafeInt, GraphQLURL } from 'graphql-scalars';
import { builder } from './builder.ts';
import { Upload } from './upload.ts';

/**
 * What Astria sent was checked when it was decoded, and goes out byte for byte: a library's scalar would build
 * a Date or a URL of each value and print it again, which re-encodes signed URLs.
 */
const asSent = (value: unknown) => value;

builder.addScalarType(
  'DateTime',
  new GraphQLScalarType({
    ...GraphQLDateTimeISO.toConfig(),
    name: 'DateTime',
    description: 'A moment, in ISO 8601 with a time zone: `2026-11-01T12:00:00.000Z`.',
    specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time',
    serialize: asSent,
  }),
);

builder.addScalarType(
  'URL',
  new GraphQLScalarType({
    ...GraphQLURL.toConfig(),
    description: 'A whole web address: `https://example.com/photo.jpg`.',
    specifiedByURL: 'https://url.spec.whatwg.org/',
    serialize: asSent,
    parseValue: webAddress,
    parseLiteral: (node) => webAddress('value' in node ? node.value : undefined),
  }),
);

builder.addScalarType(
  'JSON',
  new GraphQLScalarType({
    ...GraphQLJSON.toConfig(),
    description:
      'Any JSON value, passed on untouched; no file, and nested at most 100 levels deep.',
    parseValue: (value) => plainJson(value),
    // A variable inside a literal brings its value along.
    parseLiteral: (node, variables) => plainJson(GraphQLJSON.parseLiteral(node, variables)),
  }),
);

builder.addScalarType(
  'SafeInt',
  new GraphQLScalarType({
    ...GraphQLSafeInt.toConfig(),
    description:
      'A whole number up to 2^53 - 1, beyond the 32 bits of `Int`: ids and seeds of Astria need it.',
  }),
);

builder.addScalarType(
  'Upload',
  new GraphQLScalarType<Upload, never>({
    name: 'Upload',
    description:
      'A file that comes with the request, by the GraphQL multipart request specification: a form with `operations`, in which it is null, `map`, and the file. It is passed on as it comes, so files must stand in the order of their lists, and each in one place.',
    specifiedByURL: 'https://github.com/jaydenseric/graphql-multipart-request-spec',
    serialize: () => {
      throw new TypeError('An Upload only goes in.');
    },
    parseValue: (value) => {
      if (value instanceof Upload) return value;
      throw new TypeError(NO_UPLOAD);
    },
    parseLiteral: () => {
      throw new TypeError(NO_UPLOAD);
    },
  }),
);

const NO_UPLOAD =
  'A file must be null in a variable and come in a multipart/form-data request, with a `map` that names its place: see https://github.com/jaydenseric/graphql-multipart-request-spec';

function webAddress(value: unknown): string {
  if (typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value)) return value;
  throw new TypeError(
    `${JSON.stringify(value)} is not a web address; give a whole URL that begins with https:// or http://`,
  );
}

const MAX_JSON_DEPTH = 100;

function plainJson(value: unknown, depth = 0): unknown {
  if (value instanceof Upload) throw new TypeError('A file cannot stand in JSON.');
  if (depth > MAX_JSON_DEPTH) {
    throw new TypeError(`JSON can be nested ${MAX_JSON_DEPTH} levels deep at most.`);
  }
  if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) plainJson(item, depth + 1);
  }
  return value;
}
