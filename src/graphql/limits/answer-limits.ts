/**
 * Limits the size of an answer and the number of its errors. Aliases, and fields that lead to the same row again, enlarge an
 * answer without further calls to Astria.
 */
import type { GraphQLError, OperationDefinitionNode } from 'graphql';
import type { Context } from '../../context.ts';
import { atMostBytes, countBytes } from '../../execution/answer-size.ts';
import type { Bound } from '../../execution/compile.ts';
import { TOO_MANY_ELEMENTS, TOO_MANY_ERRORS } from '../../execution/quota.ts';
import { failure, type Limit, tooComplex } from '../errors.ts';
import { runLimits } from './run-limits.ts';

/** The most bytes for all operations of a request. Serializing them takes 20 ms. */
const MAX_BYTES = 5_000_000;
/** More errors would mostly repeat these. */
const SHOWN_ERRORS = 20;
const STOPS: readonly GraphQLError[] = [TOO_MANY_ELEMENTS, TOO_MANY_ERRORS];

export const answerBound =
  (kind: OperationDefinitionNode['operation']): Bound =>
  (result, size, context) => {
    const { data, errors = [] } = result;
    const refuse = (message: string, limit: Limit) => ({
      errors: [
        ...errors.filter((error) => !STOPS.includes(error)).slice(0, SHOWN_ERRORS),
        kind === 'mutation' ? tooLate(message, limit) : tooComplex(message, limit),
      ],
      data: null,
    });
    const { quota, operations } = context as Context;
    const { stop } = quota;
    const limits = runLimits(operations);
    if (stop === TOO_MANY_ELEMENTS) {
      return refuse(
        `The lists of the answer have more than ${limits.elements} elements: ask for fewer rows or fields at once.`,
        { name: 'elements', max: limits.elements, found: 'more' },
      );
    }
    if (stop || errors.length > limits.errors) {
      return refuse(
        `More than ${limits.errors} fields have failed, some of which are listed: ask for fewer rows or fields at once.`,
        { name: 'errors', max: limits.errors, found: errors.length },
      );
    }
    const max = Math.floor(MAX_BYTES / operations);
    const ofPaths = lengthOfPaths(errors);
    if (atMostBytes(size) + ofPaths <= max) return result;
    const found = ofPaths + (size > max || !data ? size : countBytes(data));
    if (found <= max) return result;
    return refuse(
      `The answer has ${found} bytes or more, but at most ${max} are allowed: ask for fewer rows or fields at once.`,
      { name: 'answerBytes', max, found },
    );
  };

/** The path of an error repeats the aliases above it, which may be long. */
const lengthOfPaths = (errors: readonly GraphQLError[]) =>
  errors.reduce((length, { path = [] }) => length + path.join().length, 0);

/** The error of a mutation that has run. Its status must not say that the request was bad. */
const tooLate = (message: string, limit: Limit) =>
  failure(
    'OPERATION_TOO_COMPLEX',
    `${message} The changes that it made remain: check them before you send it again.`,
    { limit },
  );
