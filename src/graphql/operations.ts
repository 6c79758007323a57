import { hash } from 'node:crypto';
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { compile, type Executor } from './compiled/compile.ts';
import { Budget } from './compiled/plan.ts';

/** One operation of a valid document, ready to be run. */
export interface Operation {
  /** query, mutation or subscription. */
  kind: OperationDefinitionNode['operation'];
  /** As the document has it; the beginning of a long one. */
  name: string | undefined;
  /** Of the whole document: the beginning of its SHA-256. */
  hash: string;
  execute: Executor;
}

/** A document, and what is wrong with it. */
export interface KnownDocument {
  document: DocumentNode;
  errors: readonly GraphQLError[];
  /** Undefined where the document is not valid, or the name picks none of it, or not just one. */
  operation(name?: string | null): Operation | undefined;
}

/** What a document takes in memory once it is parsed and compiled, by the length of its text: as measured, and rounded up. */
const BYTES_PER_CHARACTER = 250;
const BYTES_PER_ERROR = 3000;
const MAX_BYTES = 40_000_000;
/** Longer ones would not be kept anyway. */
const MAX_CHARACTERS = 100_000;
/** What logs and traces hold of an operation. */
const HASH_CHARACTERS = 12;
const NAME_CHARACTERS = 100;

const CLOSED_RULES = [...specifiedRules, NoSchemaIntrospectionCustomRule];

/** The documents of late, by their text. */
export class Operations {
  readonly schema: GraphQLSchema;
  /** Whether clients may ask what there is in the schema. */
  readonly introspection: boolean;
  readonly #documents = new LRUCache<string, KnownDocument>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ errors }, text) =>
      text.length * BYTES_PER_CHARACTER + errors.length * BYTES_PER_ERROR,
  });

  constructor(schema: GraphQLSchema, { introspection = true } = {}) {
    this.schema = schema;
    this.introspection = introspection;
  }

  /** Undefined where the text is no GraphQL, or too long or too deep to be kept: what is to be said of it is for others to say. */
  find(text: string): KnownDocument | undefined {
    const known = this.#documents.get(text);
    if (known) return known;
    const found = text.length > MAX_CHARACTERS ? undefined : this.#read(text);
    if (!found) return undefined;
    const { document, errors } = found;
    const operation = errors.length === 0 ? this.#operationsOf(document, text) : () => undefined;
    const made = { document, errors, operation };
    this.#documents.set(text, made);
    return made;
  }

  #read(text: string) {
    try {
      const document = parse(text);
      return {
        document,
        errors: validate(this.schema, document, this.introspection ? undefined : CLOSED_RULES),
      };
    } catch {
      return undefined;
    }
  }

  #operationsOf(document: DocumentNode, text: string): KnownDocument['operation'] {
    const operations = new Map<string | null | undefined, Operation>();
    const budget = new Budget(document);
    const short = hash('sha256', text).slice(0, HASH_CHARACTERS);
    return (name) => {
      const known = operations.get(name);
      if (known) return known;
      const found = getOperationAST(document, name);
      if (!found) return undefined;
      const made = {
        kind: found.operation,
        name: found.name?.value.slice(0, NAME_CHARACTERS),
        hash: short,
        execute: compile(this.schema, document, name, budget),
      };
      operations.set(name, made);
      return made;
    };
  }
}
