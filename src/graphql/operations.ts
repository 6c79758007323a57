import { hash } from 'node:crypto';
import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Context } from '../context.ts';
import { type Asked, compile, type Executor } from '../execution/compile.ts';
import type { Unplanned } from '../execution/not-planned.ts';
import { Budget } from '../execution/plan.ts';
import { withinBudget } from './cost/budget.ts';
import { type Estimate, estimateOf } from './cost/estimate.ts';
import { withReport } from './cost/report.ts';
import { withSpent } from './cost/spent.ts';
import { answerBound } from './limits/answer-limits.ts';
import { type ReadDocument, readDocument } from './limits/document-limits.ts';
import { withinSize } from './limits/variable-limits.ts';
import { withOneWait } from './one-wait.ts';
import { subscriberTo } from './subscriber.ts';

/** One operation of a valid document, ready to be run. */
interface Operation {
  /** query, mutation or subscription. */
  kind: OperationDefinitionNode['operation'];
  /** As the document has it; the beginning of a long one. */
  name: string | undefined;
  /** Of the whole document: the beginning of its SHA-256. */
  hash: string;
  execute: Executor;
  /** Undefined of what is no subscription. */
  subscribe: Asked<unknown> | undefined;
  /** How many calls to Astria it may take. */
  estimate: Estimate;
}

export interface KnownDocument extends ReadDocument {
  /** Undefined where the document is not valid, or the name picks none of it, or not just one. */
  operation(name?: string | null): Operation | undefined;
}

/** By a client: it may be anything. */
type Sent = { query?: unknown; operationName?: string | null };

/** What a document takes in memory once it is parsed and compiled, by the length of its text: measured of names as short as can be, and rounded up. */
const BYTES_PER_CHARACTER = 375;
const BYTES_PER_ERROR = 3000;
const MAX_BYTES = 60_000_000;
/** What logs and traces hold of an operation. */
const HASH_CHARACTERS = 12;
const NAME_CHARACTERS = 100;

export interface OperationsOptions {
  introspection?: boolean;
  /** Told of a query that is left to graphql-js: why, and the hash of its document. */
  onUnplanned?: ((reason: Unplanned, hash: string) => void) | undefined;
}

/** The documents of late, by their text. */
export class Operations {
  readonly schema: GraphQLSchema;
  /** Whether clients may ask what there is in the schema. */
  readonly #introspection: boolean;
  readonly #onUnplanned: (reason: Unplanned, hash: string) => void;
  readonly #documents = new LRUCache<string, KnownDocument>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ errors }, text) =>
      text.length * BYTES_PER_CHARACTER + errors.length * BYTES_PER_ERROR,
  });
  #last: { text: string; found: KnownDocument } | undefined;

  constructor(schema: GraphQLSchema, options: OperationsOptions = {}) {
    const { introspection = true, onUnplanned = () => {} } = options;
    this.schema = schema;
    this.#introspection = introspection;
    this.#onUnplanned = onUnplanned;
  }

  find(text: string): KnownDocument {
    // What cannot be parsed is not kept, and yet asked for twice: whether it is a query, and by yoga.
    if (this.#last?.text === text) return this.#last.found;
    const found = this.#documents.get(text) ?? this.#read(text);
    this.#last = { text, found };
    return found;
  }

  #read(text: string): KnownDocument {
    const { document, errors } = readDocument(text, this.schema, this.#introspection);
    const isValid = document && errors.length === 0;
    const operation = isValid ? this.#operationsOf(document, text) : () => undefined;
    const made = { document, errors, operation };
    if (document) this.#documents.set(text, made);
    return made;
  }

  /** Whether nothing of what a client has sent has to be read first: that takes as long as to run it. */
  knows(params: Sent | null | undefined): boolean {
    const { query } = params ?? {};
    return typeof query !== 'string' || this.#documents.has(query);
  }

  /** Of what a client has sent, whatever that is; undefined where nothing would be run. */
  askedBy(params: Sent | null | undefined): Operation | undefined {
    const { query, operationName } = params ?? {};
    return typeof query === 'string' ? this.find(query).operation(operationName) : undefined;
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
      const estimate = estimateOf(found, document, this.schema);
      const compiled = compile(this.schema, document, {
        operationName: name,
        budget,
        quotaOf: (context) => (context as Context).quota,
        bound: answerBound(found.operation),
        onUnplanned: (reason) => this.#onUnplanned(reason, short),
      });
      const within = <Answer>(asked: Asked<Answer>) => {
        const bounded = withOneWait(withinBudget(asked, estimate), estimate);
        return found.variableDefinitions?.length ? withinSize(bounded) : bounded;
      };
      const source = { schema: this.schema, document, operationName: name };
      const made: Operation = {
        kind: found.operation,
        name: found.name?.value.slice(0, NAME_CHARACTERS),
        hash: short,
        execute: withReport(
          found.operation === 'mutation' ? withSpent(within(compiled)) : within(compiled),
          estimate,
        ),
        subscribe:
          found.operation === 'subscription'
            ? within(subscriberTo(source, withReport(compiled, estimate)))
            : undefined,
        estimate,
      };
      operations.set(name, made);
      return made;
    };
  }
}
