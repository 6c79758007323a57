/** Finds the objects that a router names by their keys: `_entities` of the subgraph. */
import type { Context } from '../context.ts';
import { badRequest } from './errors.ts';
import { MAX_IDS, type NodeName, parseGlobalId, plainId } from './ids.ts';
import { entityLoader, nodeNames } from './node.ts';

/** The keys by which an object can be named. */
export const KEYS = ['id', 'astriaId'] as const;

export const MAX_REPRESENTATIONS = MAX_IDS;

/** A broken representation, and a failure of one object, are errors of that object alone. */
export function entitiesOf(representations: readonly unknown[], context: Context) {
  const { length: found } = representations;
  if (found > MAX_REPRESENTATIONS) {
    const limit = { name: 'representations', max: MAX_REPRESENTATIONS, found };
    throw badRequest(
      `\`representations\` names ${found} objects; name at most ${MAX_REPRESENTATIONS} at once.`,
      limit,
    );
  }
  return representations.map((one, index) => entityOf(one, `representations.${index}`, context));
}

async function entityOf(representation: unknown, where: string, context: Context) {
  const { __typename, id, astriaId } = Object(representation) as Record<string, unknown>;
  const load = entityLoader(__typename);
  if (!load) {
    const said =
      __typename === undefined
        ? 'is missing'
        : `is ${inJson(__typename)}, which is no entity of this subgraph`;
    throw badRequest(
      `\`${where}.__typename\` ${said}: it must be one of ${nodeNames().join(', ')}.`,
    );
  }
  const name = __typename as NodeName;
  if (id != null) return load(context, numberIn(name, id, `${where}.id`));
  const number = plainId(astriaId == null ? undefined : textOf(astriaId), `${where}.astriaId`);
  if (number) return load(context, number);
  throw badRequest(
    `\`${where}\` names no ${name}: give one of its keys, \`${KEYS.join('` or `')}\`.`,
  );
}

function numberIn(name: NodeName, id: unknown, where: string): number {
  const parsed = typeof id === 'string' ? parseGlobalId(id) : undefined;
  if (parsed?.name === name) return parsed.id;
  throw badRequest(
    `\`${where}\` is ${inJson(id)}, which is not the global id of a ${name}: give its \`id\`, or its \`astriaId\` under that name.`,
  );
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : inJson(value));
const inJson = (value: unknown) => JSON.stringify(value);
