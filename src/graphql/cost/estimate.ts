/** Estimates the calls of an operation: analyzed once for its document, computed from its variables before the first call. */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { DEFAULT_PAGE, MAX_PAGE } from '../connection.ts';
import { fragmentsOf } from '../limits/document-counts.ts';
import { callsForEntities, callsForIds, callsForNodes, type UpstreamCost } from './cost.ts';

type Variables = Record<string, unknown> | null | undefined;
type Read = (variables: Variables) => unknown;

/** A field that costs calls, or that leads to one. */
interface CostlyField {
  path: string;
  cost: UpstreamCost;
  /** Its arguments, if it has them. */
  first: Read | undefined;
  ids: Read | undefined;
  /** The `@skip` and `@include` of the field and of the fragments around it. */
  conditions: readonly Condition[];
  within: readonly CostlyField[];
}

type Condition = (variables: Variables) => boolean;

/** Called for each field that costs calls: `tunes.nodes.prompts`. */
type Note = (path: string, calls: number) => void;

export interface CallEstimate {
  /** Whether the estimate is the same for all variables. */
  isFixed: boolean;
  /** False if none of its fields needs Astria. */
  mayCall: boolean;
  /** The number of fields that make it wait. */
  waits: number;
  calls(variables: Variables): number;
  /** The most expensive field. */
  dearest(variables: Variables): { path: string; calls: number };
}

/** `document` must be valid. */
export function estimateOf(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  schema: GraphQLSchema,
): CallEstimate {
  const reader = new ArgumentReader(operation);
  const root = schema.getRootType(operation.operation) as GraphQLNamedType;
  const fragments = fragmentsOf(document);
  const waits = new Set<string>();
  const costly = within(operation.selectionSet, { type: root, path: '', conditions: [] });

  function within(set: SelectionSetNode | undefined, at: At): CostlyField[] {
    return (set?.selections ?? []).flatMap((selection) => {
      const own = reader.conditionsOf(selection);
      if (!own) return [];
      const conditions = own.length > 0 ? [...at.conditions, ...own] : at.conditions;
      if (selection.kind === Kind.FIELD) return ofField(selection, { ...at, conditions });
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      const name = fragment?.typeCondition?.name.value;
      const type = name ? schema.getType(name) : at.type;
      return within(fragment?.selectionSet, { ...at, type, conditions });
    });
  }

  function ofField(node: FieldNode, { type, path: above, conditions }: At): CostlyField[] {
    const field = fieldsOf(type)[node.name.value];
    if (!field) return [];
    const path = above + (node.alias ?? node.name).value;
    const cost = (field.extensions.upstream ?? {}) as UpstreamCost;
    if (cost.waits) waits.add(path);
    const below = { type: getNamedType(field.type), path: `${path}.`, conditions: [] };
    const inner = within(node.selectionSet, below);
    if (!cost.calls && !cost.ids && inner.length === 0) return [];
    const first = reader.read(field, node, 'first');
    const ids = reader.read(field, node, cost.calls === 'entities' ? 'representations' : 'ids');
    return [{ path, cost, first, ids, conditions, within: inner }];
  }

  return {
    isFixed: !reader.readsVariables,
    mayCall: costly.length > 0,
    waits: waits.size,
    calls(variables) {
      let sum = 0;
      walk(costly, variables, ROOT, (_, calls) => {
        sum += calls;
      });
      return sum;
    },
    dearest(variables) {
      let dearest = { path: '', calls: 0 };
      walk(costly, variables, ROOT, (path, calls) => {
        if (calls > dearest.calls) dearest = { path, calls };
      });
      return dearest;
    },
  };
}

interface At {
  type: GraphQLNamedType | undefined;
  path: string;
  /** The conditions of the fragments around it, within its object. */
  conditions: readonly Condition[];
}

const fieldsOf = (type: GraphQLNamedType | undefined) =>
  type && 'getFields' in type
    ? (type.getFields() as Record<string, GraphQLField<unknown, unknown>>)
    : {};

/** The number of objects that a field is resolved for, of rows on the last page before it, and of scopes that they are in. */
interface Crowd {
  objects: number;
  page: number;
  places: number;
}

const ROOT: Crowd = { objects: 1, page: DEFAULT_PAGE, places: 1 };

function walk(fields: readonly CostlyField[], variables: Variables, at: Crowd, note: Note) {
  /** By calls that other fields of the same object make. */
  const answered = new Set<string>();
  for (const { path, cost, first, ids, conditions, within } of fields) {
    if (!conditions.every((holds) => holds(variables))) continue;
    const isAnswered = cost.sharedAs !== undefined && answered.has(cost.sharedAs);
    if (cost.sharedAs) answered.add(cost.sharedAs);
    const page = first ? pageOf(first(variables)) : at.page;
    const places = cost.entersPlace ? at.objects : at.places;
    const nodes = listOf(ids?.(variables));
    const rows = at.objects * rowsOf(cost, page, nodes);
    const own = isAnswered ? { ...cost, calls: undefined } : cost;
    note(path, callsFor(own, { objects: at.objects, page, places }, nodes));
    if (within.length > 0) walk(within, variables, { objects: rows, page, places }, note);
  }
}

function callsFor(
  { calls, times = 1, ids = 0 }: UpstreamCost,
  { objects, places }: Crowd,
  nodes: readonly unknown[],
): number {
  if (calls === 'nodes') return times * callsForNodes(nodes);
  if (calls === 'ids') return times * callsForIds(nodes.length);
  if (calls === 'entities') return times * callsForEntities(nodes);
  const own = times * (calls === 'each' ? objects : calls === 'once' ? Math.min(1, objects) : 0);
  // Ids are batched for each scope separately.
  const byIds = ids && places && places * callsForIds(Math.ceil((objects * ids) / places));
  return own + byIds;
}

function rowsOf({ rows = 1 }: UpstreamCost, page: number, nodes: readonly unknown[]): number {
  if (rows === 'page') return page;
  return rows === 'argument' ? nodes.length : rows;
}

/** A value that is no list becomes a list of one. The field itself refuses too many. */
const listOf = (ids: unknown): readonly unknown[] =>
  Array.isArray(ids) ? ids.slice(0, MAX_PAGE) : [ids];

/** The field itself refuses too many. */
const pageOf = (first: unknown): number =>
  typeof first === 'number' ? Math.min(Math.max(0, first), MAX_PAGE) : DEFAULT_PAGE;

/** Reads arguments before variables are coerced. An invalid value is refused when they are. */
class ArgumentReader {
  readsVariables = false;
  readonly #defaults: Map<string, unknown>;

  constructor({ variableDefinitions = [] }: OperationDefinitionNode) {
    this.#defaults = new Map(
      variableDefinitions.map(({ variable, defaultValue }) => [
        variable.name.value,
        defaultValue && valueFromASTUntyped(defaultValue),
      ]),
    );
  }

  /** Returns undefined if the field has no such argument. */
  read(field: GraphQLField<unknown, unknown>, node: FieldNode, name: string): Read | undefined {
    if (!field.args.some((arg) => arg.name === name)) return undefined;
    const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
    return given ? this.#valueOf(given) : () => undefined;
  }

  /** Returns the conditions under which a selection runs. Returns undefined if it never runs. */
  conditionsOf({ directives = [] }: SelectionNode): readonly Condition[] | undefined {
    const conditions: Condition[] = [];
    for (const { name, arguments: [given] = [] } of directives) {
      const isSkip = name.value === 'skip';
      if (!given || !(isSkip || name.value === 'include')) continue;
      const { value } = given;
      const read = this.#valueOf(value);
      if (value.kind === Kind.VARIABLE) conditions.push((at) => read(at) !== isSkip);
      else if (read(undefined) === isSkip) return undefined;
    }
    return conditions;
  }

  #valueOf(node: ValueNode): Read {
    if (node.kind === Kind.VARIABLE) {
      this.readsVariables = true;
      const name = node.name.value;
      return (variables) =>
        variables && Object.hasOwn(variables, name) ? variables[name] : this.#defaults.get(name);
    }
    // A variable within a list is not looked up.
    const value = valueFromASTUntyped(node);
    return () => value;
  }
}
