import { expect } from 'vitest';
import { both } from './both-executors.ts';
import { KIND, library } from './library.ts';
import type { Turns } from './turns.ts';

export interface Case {
  text: string;
  /** Made anew for each of the two executors. */
  root?: (turns: Turns) => object;
  variables?: Record<string, unknown> | null;
  operationName?: string;
  /** Undefined where nothing could be run. */
  data?: object | null;
  /** `path: message` of each, in order. */
  errors?: string[];
  /** Whether graphql-js runs it. */
  isLeft?: boolean;
}

/** That both executors say the same, and that it is this. */
export async function check({ root = () => ({}), data, errors, isLeft = false, ...asked }: Case) {
  const context = (turns: Turns) => ({ root: root(turns) });
  const { expected, actual, isCompiled } = await both({ schema: library, ...asked, context });
  expect(actual).toEqual(expected);
  expect(actual.text && JSON.parse(actual.text)).toEqual(data);
  const told = actual.answer?.errors?.map(({ path, message }) => `${path ?? ''}: ${message}`);
  expect(told).toEqual(errors);
  if (data) expect(isCompiled).toBe(!isLeft);
}

export const book = (row: object = {}) => ({ [KIND]: 'Book', ...row });
export const author = (row: object = {}) => ({ [KIND]: 'Author', ...row });

export const fails = (message: string) => () => {
  throw new Error(message);
};

/** Fails late: in the turn that is given. */
export const failsIn = (turns: Turns, turn: number, message: string) => () =>
  turns.later(turn, fails(message));
