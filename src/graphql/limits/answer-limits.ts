/** How long an answer may be, and how much of it may fail: what stands under many names, or leads to one row again and again, costs no more calls. */
import type { GraphQLError, OperationDefinitionNode } from 'graphql';
import type { Context } from '../../context.ts';
import { atMostBytes, countBytes } from '../../execution/answer-size.ts';
import type { Bound } from '../../execution/compile.ts';
import { TOO_MANY_ELEMENTS, TOO_MANY_ERRORS } from '../../execution/quota.ts';
import { failure, type Limit, tooComplex } from '../errors.ts';
import { runLimits } from './run-limits.ts';

/** Of all the operations of a request. To write so many takes 20 ms. */
const MAX_BYTES = 5_000_000;
/** What comes after these says the same once more. */
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
        `More than ${limits.errors} fields have failed, of which some are told: ask for fewer rows or fields at once.`,
        { name: 'errors', max: limits.errors, found: errors.length },
      );
    }
    const max = Math.floor(MAX_BYTES / operations);
    const ofPaths = lengthOfPaths(errors);
    if (atMostBytes(size) + ofPaths <= max) return result;
    const found = ofPaths + (size > max || !data ? size : countBytes(data));
    if (found <= max) return result;
    return refuse(
      `The answer has ${found} bytes or more, where ${max} are allowed: ask for fewer rows or fields at once.`,
      { name: 'answerBytes', max, found },
    );
  };

/** A long alias stands in the path of each error below it. */
const lengthOfPaths = (errors: readonly GraphQLError[]) =>
  errors.reduce((length, { path = [] }) => length + path.join().length, 0);

/** The request was no bad one, and no status may say so. */
const tooLate = (message: string, limit: Limit) =>
  failure(
    'OPERATION_TOO_COMPLEX',
    `${message} What it has changed stays changed: look before you ask again.`,
    { limit },
  );
