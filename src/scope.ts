/** What a caller sees of one workspace, and what was read there. */
import { mayUse, mustUse, withinBounds } from './auth/bounds.ts';
import type { Caller } from './auth/caller.ts';
import type { Config } from './config.ts';
import { type Memory, memoryOf } from './prices/memory.ts';
import type { CallLog } from './upstream/call-log.ts';
import type { Session, Upstream } from './upstream/client.ts';
import type { Credential } from './upstream/credential.ts';

/** The number of a workspace, `all` for all workspaces, or null for the personal scope. */
export type Place = string | null;

/** What one caller sees of one workspace, until the next write. Loaders cache by it. */
export interface Scope {
  place: Place;
  astria: Session;
  /** Whether the caller may use only some workspaces. Then knowing the id of a row is not enough to read it. */
  isBound: boolean;
  /** Returns the cached prices of all callers with the same access. */
  memory(): Memory;
  /** The loaders of this scope, keyed by the function that makes them. */
  kept: Map<unknown, unknown>;
}

/**
 * Makes a value at most once in each scope. The scope itself holds it, so that nothing that lives as long as the process, such
 * as a WeakMap of scopes, refers to what was read.
 */
export function perScope<T>(make: (scope: Scope) => T): (scope: Scope) => T {
  return (scope) => {
    const known = scope.kept.get(make) as T | undefined;
    if (known) return known;
    const made = make(scope);
    scope.kept.set(make, made);
    return made;
  };
}

/** The parts of a context from which scopes are made, and the scopes themselves. */
interface Scoped {
  caller: Caller;
  /** Names the workspace of the request. */
  credential: Credential;
  upstream: Upstream;
  config: Pick<Config, 'geminiTuneId' | 'seedreamTuneId'>;
  signal: AbortSignal;
  calls: CallLog;
  scopes: Map<Place, Scope>;
  now(): number;
}

/**
 * Returns the scope of a workspace. The default is the workspace of the request. Every access to a workspace goes through here.
 */
export function scopeIn(
  context: Scoped,
  place: Place = context.credential.workspaceId ?? null,
): Scope {
  const known = context.scopes.get(place);
  if (known) return known;
  const { caller } = context;
  mustUse(caller, place);
  const credential = { ...context.credential, workspaceId: place ?? undefined };
  const session = context.upstream.as(credential, context);
  const isBound = caller.workspaces !== undefined;
  const { geminiTuneId, seedreamTuneId } = context.config;
  const openTunes = [geminiTuneId, seedreamTuneId];
  const bounds = { caller, scope: () => scope, openTunes };
  const astria = isBound ? withinBounds(session, bounds) : session;
  const { upstream, now } = context;
  let learned: Memory | undefined;
  const memory = () => {
    learned ??= memoryOf({ upstream, credential, workspaces: caller.workspaces, place, now });
    return learned;
  };
  const scope: Scope = { place, astria, isBound, memory, kept: new Map() };
  context.scopes.set(place, scope);
  return scope;
}

/**
 * Returns the scope for rows that are in no workspace: the gallery, and workspaces themselves. It is the request's own or, if
 * the caller may not use that, one that it may.
 */
export function scopeForAll(context: Scoped): Scope {
  const { caller, credential } = context;
  const [first] = caller.workspaces ?? [];
  if (!first || mayUse(caller, credential.workspaceId ?? null)) return scopeIn(context);
  return scopeIn(context, first === 'personal' ? null : first);
}

/** A row of Astria's, with its type and the workspace in which it was read. Fields resolve from it. */
export type PlacedRow<Name extends string = string, Row extends object = object> = Row & {
  /** The name of its type in the graph. */
  readonly __typename: Name;
  /** The workspace in which it was read. Rows that it refers to are read there too. */
  readonly readIn: Place;
};

/** Returns a copy, because the row itself may be shared. */
export const placed = <Name extends string, Row extends object>(
  name: Name,
  row: Row,
  { place }: Pick<Scope, 'place'>,
): PlacedRow<Name, Row> => ({ ...row, __typename: name, readIn: place });

export const placedRows = <Name extends string, Row extends object>(
  name: Name,
  rows: readonly Row[],
  scope: Pick<Scope, 'place'>,
): PlacedRow<Name, Row>[] => rows.map((row) => placed(name, row, scope));

/** Returns the scope in which a row was read. */
export const scopeOf = (context: Scoped, { readIn }: Pick<PlacedRow, 'readIn'>): Scope =>
  scopeIn(context, readIn);

/** Drops everything that was read before a write. New scopes have empty loaders. */
export const forgetReads = (context: Scoped) => context.scopes.clear();
