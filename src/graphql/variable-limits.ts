/** How much the variables of an operation may hold. */
import type { Executor } from './compiled/compile.ts';
import { tooComplex } from './errors.ts';
import { Upload } from './upload.ts';

/** As many as tokens in a document. graphql-js takes some 10 µs for an input object, however small it is in a body. */
const MAX_VALUES = 5000;

/** Refuses variables that would take long to be checked, before they are. */
export const withinValues =
  (execute: Executor): Executor =>
  (context, variables) => {
    const found = countValues(variables);
    return found <= MAX_VALUES ? execute(context, variables) : { errors: [tooMany(found)] };
  };

/** Not by recursion: they may be nested deeper than that can go. */
function countValues(variables: unknown): number {
  const open = [variables];
  let count = 0;
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null || value instanceof Upload) continue;
    const values = Object.values(value);
    count += values.length;
    for (const one of values) if (typeof one === 'object') open.push(one);
  }
  return count;
}

const tooMany = (found: number) =>
  tooComplex(
    `The variables hold ${found} values, where ${MAX_VALUES} are allowed: send several requests.`,
    { name: 'variableValues', max: MAX_VALUES, found },
  );
