/** How much the variables of an operation may hold. */
import type { ExecutionResult } from 'graphql';
import type { Runner } from '../../execution/compile.ts';
import { eachPart } from '../../execution/each-part.ts';
import { badRequest, tooComplex } from '../errors.ts';

/** As many as tokens in a document. graphql-js takes some 10 µs for an input object, however small it is in a body. */
const MAX_VALUES = 5000;
/** What is kept by Astria comes back in every list, and what is wrong is quoted in every error. */
const MAX_CHARACTERS = 200_000;

/** Refuses variables that would take long to be checked, or to be answered, before they are. */
export const withinSize =
  <Answer>(execute: Runner<Answer>): Runner<Answer | ExecutionResult> =>
  (context, variables) => {
    const { values, characters, isWellFormed } = sizeOf(variables);
    if (values > MAX_VALUES) return { errors: [tooMany(values)] };
    if (characters > MAX_CHARACTERS) return { errors: [tooLong(characters)] };
    return isWellFormed ? execute(context, variables) : { errors: [BROKEN_TEXT()] };
  };

function sizeOf(variables: unknown) {
  const size = { values: 0, characters: 0, isWellFormed: true };
  eachPart(variables, (part, name) => {
    size.values++;
    size.characters += name.length;
    if (typeof part !== 'string') return;
    size.characters += part.length;
    size.isWellFormed &&= part.isWellFormed();
  });
  return size;
}

const tooMany = (found: number) =>
  tooComplex(
    `The variables hold ${found} values, where ${MAX_VALUES} are allowed: send several requests.`,
    { name: 'variableValues', max: MAX_VALUES, found },
  );

const tooLong = (found: number) =>
  tooComplex(
    `The variables have ${found} characters in names and texts, where ${MAX_CHARACTERS} are allowed: send less at once.`,
    { name: 'variableCharacters', max: MAX_CHARACTERS, found },
  );

/** As when a text is cut in the middle of an emoji. No database keeps it. */
const BROKEN_TEXT = () =>
  badRequest(
    'A text in the variables holds half a character (a lone surrogate): cut texts between characters.',
  );
