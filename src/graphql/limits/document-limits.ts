/**
 * A document read within bounds: each step makes sure that the next takes little time. So the order: the length, the tokens
 * as they are read, what can be counted in one go, and only then the rules, of which the dearest is asked last. Why these
 * limits and no others: docs/decisions/0009-limits.md.
 */
import {
  type DefinitionNode,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  Lexer,
  MaxIntrospectionDepthRule,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  OverlappingFieldsCanBeMergedRule,
  parse,
  Source,
  specifiedRules,
  TokenKind,
  validate,
} from 'graphql';
import { tooComplex } from '../errors.ts';
import { countOperations, fragmentsOf } from './document-counts.ts';
import { FiniteNumbersRule, InheritedNamesRule } from './value-rules.ts';

/** GraphiQL's own question for the schema has 2,000 characters, 500 tokens, 230 fields and 15 levels. */
const DOCUMENT_LIMITS = {
  documentCharacters: 100_000,
  tokens: 5000,
  depth: 20,
  fields: 1000,
  rootFields: 50,
  aliases: 100,
  directives: 50,
};

const LESS = 'ask for less at once';
const SEVERAL = 'send several operations, or ask `nodes(ids)`';

/** What is counted, and what to do. */
const WORDS: Record<keyof typeof DOCUMENT_LIMITS, [string, string]> = {
  documentCharacters: ['characters', 'send values as variables, and operations one by one'],
  tokens: [
    'tokens (names, values and signs; the end of a line counts as two)',
    'send values as variables, or ask for less at once',
  ],
  depth: ['levels of fields within fields', 'ask for what is deeper by its id'],
  fields: ['fields and spreads, each fragment counted wherever it is spread', LESS],
  rootFields: ['fields at its root', SEVERAL],
  aliases: [
    'aliases (of `__type` each counts as 10, elsewhere in what asks for the schema as 100)',
    SEVERAL,
  ],
  directives: ['directives', LESS],
};

/** All that comes after these says the same once more. */
const MAX_ERRORS = 20;

/** Compares fields with one another, and follows fragments wherever they lead: only documents that are sound without it come that far. */
const DEAREST = [OverlappingFieldsCanBeMergedRule];
const OTHER_RULES = [
  ...specifiedRules.filter((rule) => rule !== OverlappingFieldsCanBeMergedRule),
  MaxIntrospectionDepthRule,
  InheritedNamesRule,
  FiniteNumbersRule,
];
const CLOSED_RULES = [...OTHER_RULES, NoSchemaIntrospectionCustomRule];

export interface ReadDocument {
  document: DocumentNode | undefined;
  /** What is wrong with it; with the whole text, where there is no document. */
  errors: readonly GraphQLError[];
}

export function readDocument(
  text: string,
  schema: GraphQLSchema,
  introspection = true,
): ReadDocument {
  try {
    const document = parseWithin(text);
    checkCounts(document);
    return { document, errors: rulesBrokenBy(document, schema, introspection) };
  } catch (error) {
    return { document: undefined, errors: [asClientError(error)] };
  }
}

function parseWithin(text: string): DocumentNode {
  check('documentCharacters', text.length);
  // Each error looks for its line from the beginning, so a line costs as two tokens do.
  const lines = 2 * countLines(text);
  check('tokens', lines);
  try {
    return parse(text, { maxTokens: DOCUMENT_LIMITS.tokens - lines });
  } catch (error) {
    check('tokens', lines + countTokens(text));
    throw error;
  }
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED || (code === RETURN && text.charCodeAt(at + 1) !== LINE_FEED)) lines++;
  }
  return lines;
}

const [LINE_FEED, RETURN] = [10, 13];

/** As many as can be read. */
function countTokens(text: string): number {
  const lexer = new Lexer(new Source(text));
  let tokens = 0;
  try {
    while (lexer.advance().kind !== TokenKind.EOF) tokens++;
  } catch {}
  return tokens;
}

function checkCounts(document: DocumentNode) {
  const operations = document.definitions.filter(isOperation);
  // Every operation is checked, whichever of them is asked for.
  const counts = countOperations(operations, fragmentsOf(document));
  for (const name of COUNTED) check(name, counts[name]);
}

const COUNTED = ['depth', 'fields', 'rootFields', 'aliases', 'directives'] as const;

const isOperation = (node: DefinitionNode): node is OperationDefinitionNode =>
  node.kind === Kind.OPERATION_DEFINITION;

function check(name: keyof typeof DOCUMENT_LIMITS, found: number) {
  const max = DOCUMENT_LIMITS[name];
  if (found <= max) return;
  const [what, remedy] = WORDS[name];
  const message = `The document has ${found} ${what}, where ${max} are allowed: ${remedy}.`;
  throw tooComplex(message, { name, max, found });
}

function rulesBrokenBy(document: DocumentNode, schema: GraphQLSchema, introspection: boolean) {
  const options = { maxErrors: MAX_ERRORS };
  const errors = validate(schema, document, introspection ? OTHER_RULES : CLOSED_RULES, options);
  if (errors.length > 0) return errors;
  return validate(schema, document, DEAREST, options).map(asLimit);
}

/** graphql-js gives up where fields of one name would take too many comparisons, and says no more than that. */
const asLimit = (error: GraphQLError) =>
  error.message === 'Validation aborted.'
    ? tooComplex('Too many fields have one name in one place: ask for each once.', {
        name: 'fieldComparisons',
        max: MAX_COMPARISONS,
        found: 'more',
      })
    : error;

/** Of graphql-js. */
const MAX_COMPARISONS = 500_000;

/** Lists and objects within one another can be too deep for any reader, in few tokens. */
function asClientError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  if (error instanceof RangeError) {
    const limit = { name: 'depth', max: DOCUMENT_LIMITS.depth, found: 'more than can be read' };
    return tooComplex('Lists or objects stand deeper in one another than can be read.', limit);
  }
  throw error;
}
