import type { Context } from '../context.ts';
import { builder } from './builder.ts';
import { upstream } from './cost/cost.ts';
import { badRequest } from './errors.ts';
import { checkIds, MAX_IDS, type NodeName, parseGlobalId } from './ids.ts';

type LoadNode = (context: Context, id: number) => object | Promise<object | null>;

const loaders = new Map<NodeName, LoadNode>();
/** The type of each row that came through `node` or `nodes`. Rows do not carry their type, and may be shared. */
const names = new WeakMap<object, NodeName>();

export const NodeInterface = builder.interfaceRef<object>('Node').implement({
  description: 'Anything that has a global id, and can be asked for again by it.',
  resolveType: (row) => names.get(row),
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'The global id: opaque, unique across all types, and good for `node(id)`.',
      resolve: () => {
        throw new Error('each type gives its own id');
      },
    }),
  }),
});

/** Registers how `node` and `nodes` load a type. */
export const loadsNode = (name: NodeName, load: LoadNode) => loaders.set(name, load);

/** Marks a row as a `Node` of this type. */
export function nodeOf<Row extends object>(name: NodeName, row: Row): Row {
  names.set(row, name);
  return row;
}

async function loadNode(globalId: string, argument: string, context: Context) {
  const parsed = parseGlobalId(globalId);
  const load = parsed && loaders.get(parsed.name);
  if (!load) {
    throw badRequest(
      `\`${argument}\` is ${JSON.stringify(globalId)}, which is not a global id: give the \`id\` of an object, not its \`astriaId\`.`,
    );
  }
  const row = await load(context, parsed.id);
  return row && nodeOf(parsed.name, row);
}

builder.queryFields((t) => ({
  node: t.field({
    type: NodeInterface,
    description:
      'The object with this global id, or null where there is none that this key may see.',
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
