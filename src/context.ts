import type { Logger } from 'pino';
import { mustUse } from './auth/bounds.ts';
import type { Caller } from './auth/caller.ts';
import { type Config, WORKSPACE_ID } from './config.ts';
import { Quota } from './execution/quota.ts';
import { Freshness } from './graphql/caching.ts';
import { badRequest } from './graphql/errors.ts';
import { runLimits } from './graphql/limits/run-limits.ts';
import type { OpenStream } from './graphql/open-stream.ts';
import type { Waiting } from './jobs/waiting.ts';
import type { Ledger } from './paid/ledger/ledger.ts';
import type { Place, Scope } from './scope.ts';
import { CallLog } from './upstream/call-log.ts';
import type { Upstream } from './upstream/client.ts';
import type { Credential } from './upstream/credential.ts';

/** When the result of a write is searched for if its answer was lost. */
export interface SeekTimes {
  /** The delays before each search. */
  gapsMs: readonly number[];
  /** The longest time after the sending for which the caller waits. */
  withinMs: number;
  /** The shortest time after the loss of the answer. */
  leastMs: number;
}

/** Services that live as long as the process. Every operation gets them. */
export interface Services {
  config: Pick<
    Config,
    ('geminiTuneId' | 'seedreamTuneId' | 'maxUpstreamCalls' | 'upstreamTimeoutMs') | 'unknownCosts'
  >;
  upstream: Upstream;
  log: Logger;
  /** Records writes that cost money. */
  ledger: Ledger;
  /** When results of lost writes are searched for. The default if left out. */
  seekTimes?: SeekTimes | undefined;
  /** Waits for results of jobs. */
  jobs: Waiting;
  /** Returns epoch milliseconds. */
  now(): number;
}

export interface Context extends Services {
  caller: Caller;
  /** Returns the name by which the caller is counted. A caller without a name is counted by its address. */
  countedAs(): string;
  /** The credential of the caller, with the workspace of the request. */
  credential: Credential;
  /** Aborts when the client leaves. */
  signal: AbortSignal;
  /** Whether the answer includes the upstream report. */
  wantsReport: boolean;
  /** The number of operations in the request. They share the limits of calls to Astria and of the answer. */
  operations: number;
  /** Undefined if the answer is no stream. */
  stream?: OpenStream | undefined;
  /** The calls of the operation to Astria. */
  calls: CallLog;
  /**
   * What the operation has spent, and reserved for objects without a price yet, in milli-cents. Only counted if the caller has
   * a budget.
   */
  money: { spent: number; reserved: number };
  /** The limits of list elements and of failed fields, and what is used of them. */
  quota: Quota;
  /** The time for which caches may store the answer, if it is the same for all callers. */
  freshness: Freshness;
  /** Cleared after each write. Use `scopeIn` and `scopeOf` instead. */
  scopes: Map<Place, Scope>;
}

/** The caller, and what its request says about the answer. */
export interface Asker {
  caller: Caller;
  workspaceId: string | null | undefined;
  wantsReport?: boolean;
  /** As in `Context`. 1 if left out. */
  operations?: number | undefined;
  /** As in `Context`. The name of the caller if left out. */
  countedAs?: (() => string) | undefined;
  stream?: OpenStream | undefined;
}

export function createContext(asker: Asker, signal: AbortSignal, services: Services): Context {
  const { caller, wantsReport = false, operations = 1, stream } = asker;
  const { countedAs = () => caller.name } = asker;
  const credential = credentialOf(asker);
  const calls = new CallLog(Math.ceil(services.config.maxUpstreamCalls / operations));
  const { config, upstream, log, ledger, seekTimes, jobs, now } = services;
  return {
    ...{ config, upstream, log, ledger, seekTimes, jobs, now },
    ...{ caller, countedAs, credential, signal, wantsReport, operations, stream, calls },
    money: { spent: 0, reserved: 0 },
    quota: new Quota(runLimits(operations)),
    freshness: new Freshness(),
    scopes: new Map(),
  };
}

/** Returns a context for a later run of the same request. It has no reads and no calls yet. */
export const renewed = (context: Context): Context => ({
  ...context,
  calls: new CallLog(context.calls.max),
  money: { spent: 0, reserved: 0 },
  quota: new Quota(runLimits(context.operations)),
  scopes: new Map(),
});

/** The workspace of the header replaces the caller's own. */
function credentialOf({ caller, workspaceId }: Asker): Credential {
  if (!workspaceId) return caller.credential;
  if (WORKSPACE_ID.test(workspaceId)) {
    mustUse(caller, workspaceId);
    return { ...caller.credential, workspaceId };
  }
  throw badRequest('The header `X-Workspace-Id` must be the number of a workspace, or `all`.');
}
