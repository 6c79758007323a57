import { GraphQLScalarType } from 'graphql';
import { ASTRIA_SETS, type AstriaSetName, astriaScalar } from './astria-values.ts';
import { builder } from './builder.ts';
import { isDataUrl } from './data-url.ts';
import { Upload } from './upload.ts';

/**
 * Returns values as Astria sent them, because they were checked when they were decoded. A library's scalar would parse each
 * value as a Date or a URL and print it again, which changes signed URLs.
 */
const asSent = (value: unknown) => value;

builder.addScalarType(
  'DateTime',
  new GraphQLScalarType({
    name: 'DateTime',
    description: 'A moment, in ISO 8601 with a time zone: `2026-11-01T12:00:00.000Z`.',
    specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time',
    serialize: asSent,
    extensions: { goesOut: 'text' },
    parseValue: moment,
  }),
);

builder.addScalarType(
  'URL',
  new GraphQLScalarType({
    name: 'URL',
    description:
      'A whole web address: `https://example.com/photo.jpg`. For a picture, a video or a sound a data URL is accepted too.',
    specifiedByURL: 'https://url.spec.whatwg.org/',
    serialize: asSent,
    extensions: { goesOut: 'text' },
    parseValue: webAddress,
  }),
);

builder.addScalarType(
  'JSON',
  new GraphQLScalarType({
    name: 'JSON',
    description:
      'Any JSON value, passed on untouched. It holds no file, no name `__proto__` and no whole number beyond 2^53 - 1, and is nested at most 100 levels deep.',
    specifiedByURL: 'http://www.ecma-international.org/publications/files/ECMA-ST/ECMA-404.pdf',
    serialize: asSent,
    // Also for a literal, because it may contain a variable.
    parseValue: (value) => plainJson(value),
  }),
);

builder.addScalarType(
  'SafeInt',
  new GraphQLScalarType({
    name: 'SafeInt',
    description:
      'A whole number up to 2^53 - 1, beyond the 32 bits of `Int`: ids and seeds of Astria need it.',
    specifiedByURL: 'https://www.ecma-international.org/ecma-262/#sec-number.issafeinteger',
    serialize: safeInteger,
    extensions: { goesOut: 'integer' },
    parseValue: safeInteger,
  }),
);

for (const name of Object.keys(ASTRIA_SETS) as AstriaSetName[]) {
  builder.addScalarType(name, astriaScalar(name));
}

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

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

function moment(value: unknown): string {
  if (typeof value === 'string' && ISO_8601.test(value) && !Number.isNaN(Date.parse(value))) {
    return value;
  }
  throw new TypeError(
    `${JSON.stringify(value)} is not a moment; give one such as 2026-11-01T12:00:00.000Z`,
  );
}

function safeInteger(value: unknown): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw new TypeError(
    `${JSON.stringify(value)} is not a whole number from -(2^53 - 1) to 2^53 - 1`,
  );
}

function webAddress(value: unknown): string {
  if (typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value)) return value;
  // The content is checked where it is used, because the error can name the field there.
  if (typeof value === 'string' && isDataUrl(value)) return value;
  throw new TypeError(
    `${JSON.stringify(value)} is not a web address; give a whole URL that begins with https:// or http://`,
  );
}

const MAX_JSON_DEPTH = 100;

/** Throws if a value would change on its way: JavaScript's numbers have 64 bits, and `__proto__` is not an ordinary key. */
function plainJson(value: unknown, path: readonly string[] = []): unknown {
  if (value instanceof Upload) throw new TypeError(`JSON cannot contain a file${at(path)}.`);
  if (path.length > MAX_JSON_DEPTH) {
    throw new TypeError(`JSON can be nested ${MAX_JSON_DEPTH} levels deep at most.`);
  }
  if (typeof value === 'number' && !isExact(value)) {
    throw new TypeError(
      `The number${at(path)} is larger than can be passed on exactly, which ends at 2^53 - 1: send it as a text.`,
    );
  }
  if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      if (name === '__proto__') {
        throw new TypeError(`\`__proto__\`${at(path)} cannot be a name: choose another.`);
      }
      plainJson(item, [...path, name]);
    }
  }
  return value;
}

/** Fractions are rounded as by any JSON reader. A whole number, or an infinite one, would become another number. */
const isExact = (value: number) =>
  Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));

const at = (path: readonly string[]) => (path.length > 0 ? ` at \`${path.join('.')}\`` : '');
