/**
 * Reads a document within limits. Each step ensures that the next one takes little time: first the length, then the tokens
 * while they are read, then the counts, and the rules last, ending with the most expensive one. The reasons for these limits
 * are in docs/decisions/0009-limits.md.
 */
import {
  type DefinitionNode,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  Lexer,
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

/** For comparison: GraphiQL's introspection query has 2,000 characters, 500 tokens, 230 fields and 15 levels. */
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

/** What is counted, and the remedy. */
const WORDS: Record<keyof typeof DOCUMENT_LIMITS, [string, string]> = {
  documentCharacters: ['characters', 'send values as variables, and operations one by one'],
  tokens: [
    'tokens (names, values and signs; the end of a line counts as two)',
    'send values as variables, or ask for less at once',
  ],
  depth: ['levels of nested fields', 'query deeper objects by their ids'],
  fields: ['fields and spreads, each fragment counted wherever it is spread', LESS],
  rootFields: ['fields at its root', SEVERAL],
  aliases: ['aliases (of `__type` each counts as 10, elsewhere in introspection as 100)', SEVERAL],
  directives: ['directives', LESS],
};

/** More errors would mostly repeat these. */
const MAX_ERRORS = 20;

/** Compares fields with each other and follows every fragment. It only runs on documents that the other rules accept. */
const DEAREST = [OverlappingFieldsCanBeMergedRule];
/** The rules of the specification, which include `MaxIntrospectionDepthRule` in graphql-js, and ours. */
const OTHER_RULES = [
  ...specifiedRules.filter((rule) => rule !== OverlappingFieldsCanBeMergedRule),
  InheritedNamesRule,
  FiniteNumbersRule,
];
const CLOSED_RULES = [...OTHER_RULES, NoSchemaIntrospectionCustomRule];

export interface ReadDocument {
  document: DocumentNode | undefined;
  /** The errors of the document, or of its text if it cannot be parsed or is too large. */
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
  // A line costs as much as two tokens, because each error counts lines from the beginning to find its own.
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

/** Counts tokens up to the first one that cannot be read. */
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
  // All operations are checked, not only the requested one.
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
  const message = `The document has ${found} ${what}, but at most ${max} are allowed: ${remedy}.`;
  throw tooComplex(message, { name, max, found });
}

function rulesBrokenBy(document: DocumentNode, schema: GraphQLSchema, introspection: boolean) {
  const options = { maxErrors: MAX_ERRORS };
  const errors = validate(schema, document, introspection ? OTHER_RULES : CLOSED_RULES, options);
  if (errors.length > 0) return errors;
  return validate(schema, document, DEAREST, options).map(asLimit);
}

/** graphql-js gives up after too many comparisons of fields with the same name. Its message says no more than that. */
const asLimit = (error: GraphQLError) =>
  error.message === 'Validation aborted.'
    ? tooComplex('Too many fields have the same name in the same place: select each once.', {
        name: 'fieldComparisons',
        max: MAX_COMPARISONS,
        found: 'more',
      })
    : error;

/** The limit of graphql-js. */
const MAX_COMPARISONS = 500_000;

/** A few tokens can nest lists and objects too deeply for the parser. */
function asClientError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  if (error instanceof RangeError) {
    const limit = { name: 'depth', max: DOCUMENT_LIMITS.depth, found: 'more than can be read' };
    return tooComplex('Lists or objects are nested too deeply to be read.', limit);
  }
  throw error;
}
