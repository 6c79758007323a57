import { MAX_LIMIT } from '../../upstream/client.ts';
import { FEW } from '../../upstream/keyset.ts';

/** The most calls that a field costs at Astria, approximately. It is stated at the field: `extensions: upstream({ … })`. */
export interface UpstreamCost {
  /**
   * `each`: a call for each object. `once`: one in all. `nodes`, `ids`: what its argument `ids` costs, with global ids of any
   * type or with those of one. `entities`: what its argument `representations` costs.
   */
  calls?: 'each' | 'once' | 'nodes' | 'ids' | 'entities';
  /** How many times it makes these calls. 1 if left out. */
  times?: number;
  /** It makes its operation wait. An operation may have only one such field. */
  waits?: true;
  /** The number of rows that it loads by id for each object. Those of all objects are batched. */
  ids?: number;
  /**
   * The number of rows in a list: `first` of the connection, the length of its argument `ids` or `representations`, or the
   * number that Astria usually returns.
   */
  rows?: 'page' | 'argument' | number;
  /** Fields of one object that need the same call. */
  sharedAs?: 'detail';
  /** Each of its objects has a scope of its own, whose rows are batched separately. */
  entersPlace?: boolean;
}

export const upstream = (cost: UpstreamCost) => ({ upstream: cost });

/** Room for ids that are in no list of the account, mostly foundation models. */
const READ_SINGLY = 8;

/** The beginning of global ids of packs. */
const PACK = 'UGFjazo';

/** Packs are read one by one. An id that is not known yet may be a pack's. */
export function callsForNodes(globalIds: readonly unknown[]): number {
  const others = globalIds.filter((id) => typeof id === 'string' && !id.startsWith(PACK)).length;
  return globalIds.length - others + callsForIds(others);
}

/** Rows by id cost windows of the list and some single reads. The worst case of N + 1 calls is not assumed. */
export const callsForIds = (ids: number): number =>
  ids <= FEW ? ids : Math.min(ids + 1, Math.ceil(ids / MAX_LIMIT) + READ_SINGLY);

/** The entities of each type are batched separately. */
export function callsForEntities(representations: readonly unknown[]): number {
  const counts = new Map<unknown, number>();
  for (const one of representations) {
    const { __typename } = (one ?? {}) as { __typename?: unknown };
    counts.set(__typename, (counts.get(__typename) ?? 0) + 1);
  }
  return [...counts.values()].reduce((sum, count) => sum + callsForIds(count), 0);
}
