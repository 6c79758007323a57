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

/** When what a lost write made is looked for. */
export interface SeekTimes {
  /** Before each look. */
  gapsMs: readonly number[];
  /** How long after the sending the caller is kept waiting. */
  withinMs: number;
  /** How long at least after the answer was lost. */
  leastMs: number;
}

/** What lives as long as the process, and is handed to every operation. */
export interface Services {
  config: Pick<
    Config,
    ('geminiTuneId' | 'seedreamTuneId' | 'maxUpstreamCalls' | 'upstreamTimeoutMs') | 'unknownCosts'
  >;
  upstream: Upstream;
  log: Logger;
  /** What is remembered of writes that cost money. */
  ledger: Ledger;
  /** Of looking for what a lost write made; the usual ones by default. */
  seekTimes?: SeekTimes | undefined;
  /** Those who wait for what Astria makes. */
  jobs: Waiting;
  /** Epoch milliseconds. */
  now(): number;
}

export interface Context extends Services {
  caller: Caller;
  /** Under which name the caller is counted: of those without one, by their address. */
  countedAs(): string;
  /** The caller's, in the request's own workspace. */
  credential: Credential;
  /** Ends when the client goes away. */
  signal: AbortSignal;
  /** Whether the answer is to say what it cost at Astria. */
  wantsReport: boolean;
  /** Of the request, which share what one may ask of Astria, and be answered. */
  operations: number;
  /** Where the answer is one. */
  stream?: OpenStream | undefined;
  /** What the operation has asked of Astria so far. */
  calls: CallLog;
  /** What the operation has spent, and put aside for what has no price yet, in milli-cents: of bounded money alone. */
  money: { spent: number; reserved: number };
  /** How much of the operation may be run. */
  quota: Quota;
  /** For how long a cache may give the answer to others, where it is for all. */
  freshness: Freshness;
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
  /** As in `Context`: the caller's own where nothing is said. */
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

/** For what is run later for the same request: it has read nothing yet, and asked for nothing. */
export const renewed = (context: Context): Context => ({
  ...context,
  calls: new CallLog(context.calls.max),
  money: { spent: 0, reserved: 0 },
  quota: new Quota(runLimits(context.operations)),
  scopes: new Map(),
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
