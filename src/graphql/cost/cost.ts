import { MAX_LIMIT } from '../../upstream/client.ts';
import { FEW } from '../../upstream/keyset.ts';

/** What a field costs at Astria at most, or nearly so. It is stated beside the field: `extensions: upstream({ … })`. */
export interface UpstreamCost {
  /** A call for each object it stands on, one in all, or what its argument `ids` costs: global ones of any type (`nodes`), or those of one. */
  calls?: 'each' | 'once' | 'nodes' | 'ids';
  /** How often it does so; once where nothing is said. */
  times?: number;
  /** It keeps its operation waiting, so there is one of it at most. */
  waits?: true;
  /** How many rows it asks for by their ids, for each object: those of all objects are gathered. */
  ids?: number;
  /** How many rows a list has: as `first` of the connection said, as many as its argument `ids`, or so many as Astria usually tells. */
  rows?: 'page' | 'argument' | number;
  /** Fields of one object that are answered by the same call. */
  sharedAs?: 'detail';
  /** Each of its objects is a place of its own, and what is read there is gathered there alone. */
  entersPlace?: boolean;
}

export const upstream = (cost: UpstreamCost) => ({ upstream: cost });

/** For ids that no window of the account's list holds: foundation models, mostly. */
const READ_SINGLY = 8;

/** How the global ids of packs begin. */
const PACK = 'UGFjazo';

/** Packs are read one by one. What is not known yet may be one. */
export function callsForNodes(globalIds: readonly unknown[]): number {
  const others = globalIds.filter((id) => typeof id === 'string' && !id.startsWith(PACK)).length;
  return globalIds.length - others + callsForIds(others);
}

/** Rows by their ids are windows of the list and some single reads; at worst, N ids are N + 1 calls, which is not assumed. */
export const callsForIds = (ids: number): number =>
  ids <= FEW ? ids : Math.min(ids + 1, Math.ceil(ids / MAX_LIMIT) + READ_SINGLY);
