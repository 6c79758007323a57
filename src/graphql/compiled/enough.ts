import { GraphQLError } from 'graphql';

/** As many fields of an operation may fail: each takes far longer than one that does not. */
export const MAX_ERRORS = 200;

/** Of all that comes after these. It has a path, so that nothing is made of it any more. */
export const ENOUGH = new GraphQLError('Too many fields have failed.', { path: [] });
