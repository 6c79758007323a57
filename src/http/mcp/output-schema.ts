/** Derives the JSON Schema of an answer from its document, so that a tool announces what it returns. */
import {
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

export interface JsonSchema {
  type: string | string[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
}

interface Place {
  schema: GraphQLSchema;
  /** The number of objects around it, itself included. */
  depth: number;
}

/** Objects that are deeper are announced without their fields, since a client holds the list of all tools in a prompt. */
const MAX_DEPTH = 3;

export function outputSchemaOf(document: DocumentNode, schema: GraphQLSchema): JsonSchema {
  const operation = getOperationAST(document);
  if (!operation) throw new Error('the document has no operation');
  const root = schema.getRootType(operation.operation) as GraphQLObjectType;
  return objectOf(root, operation.selectionSet, { schema, depth: 1 });
}

/** Merges inline fragments into one object: which of their fields are there depends on the type. */
function objectOf(
  parent: ReturnType<typeof getNamedType>,
  { selections }: SelectionSetNode,
  { schema, depth }: Place,
): JsonSchema {
  if (depth > MAX_DEPTH) return { type: 'object' };
  const properties: Record<string, JsonSchema> = {};
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const { type } = (parent as GraphQLObjectType).getFields()[selection.name.value] ?? {};
      if (!type) throw new Error(`the schema has no field ${selection.name.value} there`);
      const name = (selection.alias ?? selection.name).value;
      properties[name] = schemaOf(type, selection.selectionSet, { schema, depth: depth + 1 });
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const { value } = selection.typeCondition?.name ?? {};
      const type = value === undefined ? parent : (schema.getType(value) as GraphQLObjectType);
      Object.assign(
        properties,
        objectOf(type, selection.selectionSet, { schema, depth }).properties,
      );
    } else throw new Error('documents of tools have no named fragments');
  }
  return { type: 'object', properties };
}

function schemaOf(
  type: GraphQLOutputType,
  selectionSet: SelectionSetNode | undefined,
  place: Place,
): JsonSchema {
  if (isNonNullType(type)) return withoutNull(type.ofType, selectionSet, place);
  const made = withoutNull(type, selectionSet, place);
  return { ...made, type: [made.type, 'null'].flat() };
}

function withoutNull(
  type: Exclude<GraphQLOutputType, { __nonNull: true }>,
  selectionSet: SelectionSetNode | undefined,
  place: Place,
): JsonSchema {
  if (isListType(type)) {
    return {
      type: 'array',
      items: schemaOf(type.ofType as GraphQLOutputType, selectionSet, place),
    };
  }
  const named = getNamedType(type);
  if (selectionSet && isCompositeType(named)) return objectOf(named, selectionSet, place);
  return { type: JSON_TYPES[named.name] ?? 'string' };
}

/** All other scalars, and enums, are texts. */
const JSON_TYPES: Record<string, string> = {
  Boolean: 'boolean',
  Float: 'number',
  Int: 'integer',
  SafeInt: 'integer',
};
