/** How much the variables of an operation may hold. */
import type { Executor } from './compiled/compile.ts';
import { tooComplex } from './errors.ts';
import { Upload } from './upload.ts';

/** As many as tokens in a document. graphql-js takes some 10 µs for an input object, however small it is in a body. */
const MAX_VALUES = 5000;
/** Of each text, as of a document: what is kept by Astria comes back in every list. */
const MAX_CHARACTERS = 100_000;

/** Refuses variables that would take long to be checked, or their texts to be answered, before they are. */
export const withinSize =
  (execute: Executor): Executor =>
  (context, variables) => {
    const { values, characters } = sizeOf(variables);
    if (values > MAX_VALUES) return { errors: [tooMany(values)] };
    if (characters > MAX_CHARACTERS) return { errors: [tooLong(characters)] };
    return execute(context, variables);
  };

/** How many values there are, and how long the longest text is. Not by recursion: they may be nested deeper than that can go. */
function sizeOf(variables: unknown) {
  const open = [variables];
  const size = { values: 0, characters: 0 };
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') size.characters = Math.max(size.characters, value.length);
    if (typeof value !== 'object' || value === null || value instanceof Upload) continue;
    const values = Object.values(value);
    size.values += values.length;
    for (const one of values) open.push(one);
  }
  return size;
}

const tooMany = (found: number) =>
  tooComplex(
    `The variables hold ${found} values, where ${MAX_VALUES} are allowed: send several requests.`,
    { name: 'variableValues', max: MAX_VALUES, found },
  );

const tooLong = (found: number) =>
  tooComplex(
    `A text in the variables has ${found} characters, where ${MAX_CHARACTERS} are allowed: shorten it.`,
    { name: 'variableCharacters', max: MAX_CHARACTERS, found },
  );
