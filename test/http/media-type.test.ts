import { expect, test } from 'vitest';
import { negotiate } from '../../src/http/media-type.ts';

const JSON_TYPE = 'application/json';
const RESPONSE = 'application/graphql-response+json';
const EVENTS = 'text/event-stream';

test.each([
  [undefined, JSON_TYPE],
  ['*/*', JSON_TYPE],
  ['application/*', JSON_TYPE],
  ['APPLICATION/JSON', JSON_TYPE],
  [`${RESPONSE}, ${JSON_TYPE};q=0.9`, RESPONSE],
  [`${JSON_TYPE};q=0.9, ${RESPONSE}`, RESPONSE],
  [`${JSON_TYPE};q=0.2,${RESPONSE};q=0.1`, JSON_TYPE],
  // Weighed alike, the one that is named first.
  [`${RESPONSE}, ${JSON_TYPE}`, RESPONSE],
  [`${JSON_TYPE}, ${RESPONSE}`, JSON_TYPE],
  // Never one of 0, and the most specific range counts.
  [`${JSON_TYPE};q=0, ${RESPONSE}`, RESPONSE],
  [`*/*, ${JSON_TYPE};q=0`, RESPONSE],
  [`${JSON_TYPE};q=0`, undefined],
  ['*/*;q=0', undefined],
  [`${JSON_TYPE}; q=1.0; charset=UTF-8`, JSON_TYPE],
  [`${JSON_TYPE};charset=latin1`, undefined],
  [`${JSON_TYPE};q=x`, JSON_TYPE],
  // A stream is for those who accept nothing else.
  [`${EVENTS}, ${JSON_TYPE};q=0.1`, JSON_TYPE],
  [EVENTS, EVENTS],
  ['multipart/mixed;boundary=graphql, text/plain', 'multipart/mixed'],
  ['text/html, image/png;q=0.8', undefined],
  ['constructor', undefined],
  ['', JSON_TYPE],
  [' ', JSON_TYPE],
  [',;,', undefined],
])('%j is answered with %j', (accept, type) => {
  expect(negotiate(accept)).toBe(type);
});
