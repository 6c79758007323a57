import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON, GraphQLSafeInt, GraphQLURL } from 'graphql-scalars';
import { builder } from './builder.ts';

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
    description: 'Any JSON value, passed on untouched.',
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

function webAddress(value: unknown): string {
  if (typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value)) return value;
  throw new TypeError(
    `${JSON.stringify(value)} is not a web address; give a whole URL that begins with https:// or http://`,
  );
}
