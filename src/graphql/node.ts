import type { Context } from '../context.ts';
import type { PlacedRow } from '../scope.ts';
import { builder } from './builder.ts';
import { upstream } from './cost/cost.ts';
import { badRequest } from './errors.ts';
import { checkIds, MAX_IDS, type NodeName, parseGlobalId } from './ids.ts';

type LoadNode = (context: Context, id: number) => PlacedRow | null | Promise<PlacedRow | null>;

interface Loaders {
  node: LoadNode;
  entity: LoadNode;
}

const loaders = new Map<NodeName, Loaders>();

export const NodeInterface = builder.interfaceRef<PlacedRow>('Node').implement({
  description: 'An object that can be read by its global id.',
  resolveType: (row) => row.__typename,
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description:
        'The global id, for `node(id)`. It is unique across all types. Do not interpret it.',
      resolve: () => {
        throw new Error('each type gives its own id');
      },
    }),
  }),
});

/**
 * Registers how `node` and `nodes` load a type, and `_entities` of the subgraph, if that loads it in another way: many at once,
 * and null for what the caller may not see.
 */
export const loadsNode = (name: NodeName, node: LoadNode, entity: LoadNode = node) =>
  loaders.set(name, { node, entity });

/** Returns how `_entities` loads a type. Undefined if the type is no entity. */
export const entityLoader = (name: unknown): LoadNode | undefined =>
  loaders.get(name as NodeName)?.entity;

/** Returns the names of the types that have a global id, in the order of the alphabet. */
export const nodeNames = (): NodeName[] => [...loaders.keys()].sort();

async function loadNode(globalId: string, argument: string, context: Context) {
  const parsed = parseGlobalId(globalId);
  const load = parsed && loaders.get(parsed.name)?.node;
  if (!load) {
    throw badRequest(
      `\`${argument}\` is ${JSON.stringify(globalId)}, which is not a global id: give the \`id\` of an object, not its \`astriaId\`.`,
    );
  }
  return load(context, parsed.id);
}

builder.queryFields((t) => ({
  node: t.field({
    type: NodeInterface,
    description: 'The object with this global id, or null if there is none that this key may see.',
    args: {
      id: t.arg.id({ required: true, description: 'A global id, as every `id` field gives it.' }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: (_, { id }, context) => loadNode(id, 'id', context),
  }),
  nodes: t.field({
    type: [NodeInterface],
    nullable: { list: false, items: true },
    description:
      'The objects with these global ids, in their order; null in the place of one that is not there.',
    args: {
      ids: t.arg.idList({ required: true, description: `Global ids, at most ${MAX_IDS}.` }),
    },
    extensions: upstream({ calls: 'nodes', rows: 'argument' }),
    resolve: (_, { ids }, context) => {
      checkIds(ids);
      return ids.map((id) => loadNode(id, 'ids', context));
    },
  }),
}));
