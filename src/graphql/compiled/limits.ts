/** How much of an operation is run. What is thrown beyond has a path, so that graphql-js makes nothing of it any more. */
import { GraphQLError } from 'graphql';

/** Of fields that fail: each takes far longer than one that does not. */
export const MAX_ERRORS = 200;
export const TOO_MANY_ERRORS = new GraphQLError('Too many fields have failed.', { path: [] });

/** Of all lists together. */
export const MAX_ELEMENTS = 10_000;
export const TOO_MANY_ELEMENTS = new GraphQLError('The lists have too many elements.', {
  path: [],
});
