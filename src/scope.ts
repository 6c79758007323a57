/** What a caller sees of one workspace, and what it has read there. */
import { mayUse, mustUse, withinBounds } from './auth/bounds.ts';
import type { Caller } from './auth/caller.ts';
import type { Config } from './config.ts';
import { type Memory, memoryOf } from './prices/memory.ts';
import type { CallLog } from './upstream/call-log.ts';
import type { Session, Upstream } from './upstream/client.ts';
import type { Credential } from './upstream/credential.ts';

/** The number of a workspace, `all` of them, or null: the personal scope. */
export type Place = string | null;

/** What one caller sees of one workspace until something changes: the key by which loaders remember. */
export interface Scope {
  place: Place;
  astria: Session;
  /** Whether the caller may use some workspaces only: then no row counts by its id alone. */
  isBound: boolean;
  /** What those who see the same have learned of prices. */
  memory(): Memory;
  /** Its loaders, by what makes them. */
  kept: Map<unknown, unknown>;
}

/**
 * Made at most once in each scope, which holds it itself: nothing that lives as long as the process, such as a WeakMap of
 * scopes, points to what was read.
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

/** Of a context what scopes are made of, and where they are kept. */
interface Scoped {
  caller: Caller;
  /** In the request's own workspace. */
  credential: Credential;
  upstream: Upstream;
  config: Pick<Config, 'geminiTuneId' | 'seedreamTuneId'>;
  signal: AbortSignal;
  calls: CallLog;
  scopes: Map<Place, Scope>;
  now(): number;
}

/** The scope of a place; of the request's own where none is given. The one door to any workspace. */
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
 * For what is in no workspace: the gallery, and workspaces themselves. Through the request's own, or through any that the
 * caller may use.
 */
export function scopeForAll(context: Scoped): Scope {
  const { caller, credential } = context;
  const [first] = caller.workspaces ?? [];
  if (!first || mayUse(caller, credential.workspaceId ?? null)) return scopeIn(context);
  return scopeIn(context, first === 'personal' ? null : first);
}

/** A row of Astria's as fields take it: with what it does not say itself. */
export type PlacedRow<Name extends string = string, Row extends object = object> = Row & {
  /** Its type in the graph. */
  readonly __typename: Name;
  /** The place in which it was read. What it leads to is read there too. */
  readonly readIn: Place;
};

/** Returns a copy: the row itself may be shared, and stays as its schema has it. */
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

/** Returns the scope of the place in which a row was read. */
export const scopeOf = (context: Scoped, { readIn }: Pick<PlacedRow, 'readIn'>): Scope =>
  scopeIn(context, readIn);

/** After a write nothing read before it may answer: the loaders of new scopes know nothing yet. */
export const forgetReads = (context: Scoped) => context.scopes.clear();
