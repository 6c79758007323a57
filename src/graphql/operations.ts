import { hash } from 'node:crypto';
import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Context } from '../context.ts';
import { compile, type Executor, type Runner } from '../execution/compile.ts';
import type { Unplanned } from '../execution/not-planned.ts';
import { PlanBudget } from '../execution/plan.ts';
import { isForAll } from './caching.ts';
import { withinBudget } from './cost/budget.ts';
import { type CallEstimate, estimateOf } from './cost/estimate.ts';
import { withReport } from './cost/report.ts';
import { withSpent } from './cost/spent.ts';
import { answerBound } from './limits/answer-limits.ts';
import { type ReadDocument, readDocument } from './limits/document-limits.ts';
import { withinSize } from './limits/variable-limits.ts';
import { withOneWait } from './one-wait.ts';
import { subscriberTo } from './subscriber.ts';

/** An operation of a valid document, ready to run. */
interface Operation {
  /** `query`, `mutation` or `subscription`. */
  kind: OperationDefinitionNode['operation'];
  /** Its name in the document, cut if it is long. */
  name: string | undefined;
  /** The beginning of the SHA-256 of the whole document. */
  hash: string;
  execute: Executor;
  /** Undefined if it is not a subscription. */
  subscribe: Runner<unknown> | undefined;
  /** How many calls to Astria it may take. */
  estimate: CallEstimate;
  /** Whether it tells all callers the same. */
  isForAll: boolean;
}

export interface KnownDocument extends ReadDocument {
  /** Returns undefined if the document is invalid, or if the name selects no operation or more than one. */
  operation(name?: string | null): Operation | undefined;
}

/** What a client sent. It may be anything. */
type Sent = { query?: unknown; operationName?: string | null };

/** The memory of a parsed and compiled document per character, measured with the shortest names and rounded up. */
const BYTES_PER_CHARACTER = 375;
const BYTES_PER_ERROR = 3000;
const MAX_BYTES = 60_000_000;
/** The length of the hash in logs and traces. */
const HASH_CHARACTERS = 12;
const NAME_CHARACTERS = 100;

export interface OperationsOptions {
  introspection?: boolean;
  /** Called for a query that is left to graphql-js, with the reason and the hash of its document. */
  onUnplanned?: ((reason: Unplanned, hash: string) => void) | undefined;
}

/** Caches documents by their text. */
export class Operations {
  readonly schema: GraphQLSchema;
  /** Whether introspection is allowed. */
  readonly #introspection: boolean;
  readonly #onUnplanned: (reason: Unplanned, hash: string) => void;
  readonly #documents = new LRUCache<string, KnownDocument>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ errors }, text) =>
      text.length * BYTES_PER_CHARACTER + errors.length * BYTES_PER_ERROR,
  });
  /** Documents that are never dropped. */
  readonly #kept = new Map<string, KnownDocument>();
  #last: { text: string; found: KnownDocument } | undefined;

  constructor(schema: GraphQLSchema, options: OperationsOptions = {}) {
    const { introspection = true, onUnplanned = () => {} } = options;
    this.schema = schema;
    this.#introspection = introspection;
    this.#onUnplanned = onUnplanned;
  }

  find(text: string): KnownDocument {
    // An invalid document is not cached, but is needed twice: to see whether it is a query, and by yoga.
    if (this.#last?.text === text) return this.#last.found;
    const found = this.#kept.get(text) ?? this.#documents.get(text) ?? this.#readNew(text);
    this.#last = { text, found };
    return found;
  }

  /** Caches a document for the life of the process, and plans its operations at once. */
  keep(text: string): KnownDocument {
    const made = this.#read(text, true);
    this.#kept.set(text, made);
    return made;
  }

  #readNew(text: string): KnownDocument {
    const made = this.#read(text);
    if (made.document) this.#documents.set(text, made);
    return made;
  }

  #read(text: string, isAhead = false): KnownDocument {
    const { document, errors } = readDocument(text, this.schema, this.#introspection);
    const isValid = document && errors.length === 0;
    const operation = isValid ? this.#operationsOf(document, text, isAhead) : () => undefined;
    return { document, errors, operation };
  }

  /** Returns whether everything that a client sent is in the cache. Parsing a document takes as long as running it. */
  knows(params: Sent | null | undefined): boolean {
    const { query } = params ?? {};
    return typeof query !== 'string' || this.#kept.has(query) || this.#documents.has(query);
  }

  /** Returns the operation that a client asks for. Returns undefined if nothing would run. */
  askedBy(params: Sent | null | undefined): Operation | undefined {
    const { query, operationName } = params ?? {};
    return typeof query === 'string' ? this.find(query).operation(operationName) : undefined;
  }

  #operationsOf(
    document: DocumentNode,
    text: string,
    isAhead: boolean,
  ): KnownDocument['operation'] {
    const operations = new Map<string | null | undefined, Operation>();
    const budget = new PlanBudget(document);
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
        isAhead,
        quotaOf: (context) => (context as Context).quota,
        bound: answerBound(found.operation),
        onUnplanned: (reason) => this.#onUnplanned(reason, short),
      });
      const within = <Answer>(asked: Runner<Answer>) => {
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
        isForAll: found.operation === 'query' && isForAll(found, document, this.schema),
      };
      operations.set(name, made);
      return made;
    };
  }
}
