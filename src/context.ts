import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { mayUse, mustUse, withinBounds } from './bounds.ts';
import type { Caller, Callers } from './callers.ts';
import { type Config, WORKSPACE_ID } from './config.ts';
import { RUN_LIMITS } from './graphql/answer-limits.ts';
import { Quota } from './graphql/compiled/quota.ts';
import { badRequest } from './graphql/errors.ts';
import type { SeekTimes } from './graphql/seeking.ts';
import type { RateLimits, Spend } from './http/rate-limits.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Redis } from './redis.ts';
import type { Shutdown } from './shutdown.ts';
import { CallLog } from './upstream/call-log.ts';
import type { Credential, Session, Upstream } from './upstream/client.ts';
import type { Watch } from './watch/watch.ts';

/** What lives as long as the process, and is handed to every request. */
export interface Deps {
  config: Config;
  upstream: Upstream;
  callers: Callers;
  log: Logger;
  /** What is remembered of writes that cost money. */
  ledger: Ledger;
  /** Undefined where none is configured. */
  redis?: Redis | undefined;
  /** Of looking for what a lost write made; the usual ones by default. */
  seekTimes?: SeekTimes;
  /** Undefined where nobody wants to know. */
  watch?: Watch;
  shutdown?: Readonly<Shutdown>;
  /** What the embedded emulator has drawn. Undefined before a real Astria, whose pictures have addresses of their own. */
  media?: Media | undefined;
  /** Undefined: everybody may ask as much as they like. */
  rateLimits?: RateLimits | undefined;
  /** Counts, by address, what is asked with keys that Astria has not accepted yet. Undefined: nobody counts it. */
  spendAsNew?: Spend;
  /** Epoch milliseconds. */
  now(): number;
}

/** Pictures and films that a browser may not reach where they are. */
export interface Media {
  /** The origin of their addresses in Astria's answers. */
  url: string;
  /** Answers with what is at a path below `/images/`. */
  serveMedia(path: string, request: IncomingMessage, response: ServerResponse): void;
}

/** The number of a workspace, `all` of them, or null: the personal scope. */
export type Place = string | null;

/** What one caller sees of one workspace until something changes: the key by which loaders remember. */
export interface Scope {
  place: Place;
  astria: Session;
  /** Whether the caller may use some workspaces only: then no row counts by its id alone. */
  isBound: boolean;
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

export interface Context extends Deps {
  caller: Caller;
  /** The caller's, in the request's own workspace. */
  credential: Credential;
  /** Ends when the client goes away. */
  signal: AbortSignal;
  /** Whether the answer is to say what it cost at Astria. */
  wantsReport: boolean;
  /** Of the request, which share what one may ask of Astria, and be answered. */
  operations: number;
  /** What the operation has asked of Astria so far. */
  calls: CallLog;
  /** How much of the operation may be run. */
  quota: Quota;
  /** Emptied after each write. Ask `scopeIn` and `scopeOf` instead. */
  scopes: Map<Place, Scope>;
}

/** Who asks, and where: what the header `X-Workspace-Id` says. */
export interface Asker {
  caller: Caller;
  workspaceId: string | null | undefined;
  wantsReport?: boolean;
  /** As in `Context`: one where nothing is said. */
  operations?: number | undefined;
}

export function createContext(asker: Asker, signal: AbortSignal, deps: Deps): Context {
  const { caller, wantsReport = false, operations = 1 } = asker;
  const credential = credentialOf(asker);
  const calls = new CallLog(Math.ceil(deps.config.maxUpstreamCalls / operations));
  return {
    ...deps,
    ...{ caller, credential, signal, wantsReport, operations, calls },
    quota: new Quota(RUN_LIMITS),
    scopes: new Map(),
  };
}

/** Where rows are that are elsewhere than the request that read them: what they lead to is read there too. */
const homes = new WeakMap<object, Place>();

/** The scope of a place; of the request's own where none is given. The one door to any workspace. */
export function scopeIn(
  context: Context,
  place: Place = context.credential.workspaceId ?? null,
): Scope {
  const known = context.scopes.get(place);
  if (known) return known;
  const { caller } = context;
  mustUse(caller, place);
  const credential = { ...context.credential, workspaceId: place ?? undefined };
  const session = context.upstream.as(credential, context);
  const isElsewhere = place !== (context.credential.workspaceId ?? null);
  const isBound = caller.workspaces !== undefined;
  const { geminiTuneId, seedreamTuneId } = context.config;
  const openTunes = [geminiTuneId, seedreamTuneId];
  const seen = isBound ? withinBounds(session, { caller, scope: () => scope, openTunes }) : session;
  const astria = isElsewhere ? markingHomes(seen, place) : seen;
  const scope: Scope = { place, astria, isBound, kept: new Map() };
  context.scopes.set(place, scope);
  return scope;
}

/**
 * For what is in no workspace: the gallery, and workspaces themselves. Through the request's own, or through any that the
 * caller may use.
 */
export function scopeForAll(context: Context): Scope {
  const { caller, credential } = context;
  const [first] = caller.workspaces ?? [];
  if (!first || mayUse(caller, credential.workspaceId ?? null)) return scopeIn(context);
  return scopeIn(context, first === 'personal' ? null : first);
}

/** The scope in which a row was read. */
export const scopeOf = (context: Context, row: object): Scope => scopeIn(context, homes.get(row));

/** Says where a row is, as Astria tells it: what it leads to is read there. */
export const settle = (row: object, place: Place) => void homes.set(row, place);

/** After a write nothing read before it may answer: the loaders of new scopes know nothing yet. */
export const forgetReads = (context: Context) => context.scopes.clear();

const markingHomes = (session: Session, place: Place): Session => ({
  async request(call) {
    const answer = await session.request(call);
    for (const row of [answer].flat()) {
      if (typeof row === 'object' && row !== null) homes.set(row, place);
    }
    return answer;
  },
});

/** A workspace header always counts. */
function credentialOf({ caller, workspaceId }: Asker): Credential {
  if (!workspaceId) return caller.credential;
  if (WORKSPACE_ID.test(workspaceId)) {
    mustUse(caller, workspaceId);
    return { ...caller.credential, workspaceId };
  }
  throw badRequest('The header `X-Workspace-Id` must be the number of a workspace, or `all`.');
}
