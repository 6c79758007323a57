/** Limits the size of an operation's variables. */
import type { ExecutionResult } from 'graphql';
import type { Runner } from '../../execution/compile.ts';
import { eachPart } from '../../execution/each-part.ts';
import { badRequest, tooComplex } from '../errors.ts';

/**
 * The same as the tokens of a document. graphql-js takes some 10 µs for an input object, even one that takes few bytes of the
 * body.
 */
const MAX_VALUES = 5000;
/** Limits texts too, because Astria returns stored texts in every list, and errors quote what is wrong. */
const MAX_CHARACTERS = 200_000;

/** Refuses large variables before they are checked, because checking them and answering would take long. */
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
    `The variables hold ${found} values, but at most ${MAX_VALUES} are allowed: send several requests.`,
    { name: 'variableValues', max: MAX_VALUES, found },
  );

const tooLong = (found: number) =>
  tooComplex(
    `The variables have ${found} characters in names and texts, but at most ${MAX_CHARACTERS} are allowed: send less at once.`,
    { name: 'variableCharacters', max: MAX_CHARACTERS, found },
  );

/** For example a text that was cut in the middle of an emoji. No database stores it. */
const BROKEN_TEXT = () =>
  badRequest(
    'A text in the variables holds half a character (a lone surrogate): cut texts between characters.',
  );
