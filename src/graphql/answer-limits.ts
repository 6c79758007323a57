/** How long an answer may be: what is asked for under many names, or leads to one row again and again, costs no more calls. */
import type { OperationDefinitionNode } from 'graphql';
import type { Context } from '../context.ts';
import type { Bound } from './compiled/compile.ts';
import { tooComplex } from './errors.ts';

/** Of all the operations of a request, names and texts. To write so many takes 20 ms. */
const MAX_CHARACTERS = 10_000_000;

export const answerBound =
  (kind: OperationDefinitionNode['operation']): Bound =>
  (found, context) => {
    const max = Math.floor(MAX_CHARACTERS / (context as Context).operations);
    return found > max ? tooLong(found, max, kind) : undefined;
  };

function tooLong(found: number, max: number, kind: string) {
  const done = kind === 'mutation' ? ' What it should change is changed.' : '';
  return tooComplex(
    `The answer has ${found} characters in names and texts, where ${max} are allowed: ask for fewer rows or fields at once.${done}`,
    { name: 'answerCharacters', max, found },
  );
}
