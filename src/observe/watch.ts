/** The interface between those who run operations and those who observe them: log, metrics, traces. */
import type { CallLog } from '../upstream/call-log.ts';
import type { CallWatch, OnCall } from '../upstream/call-watch.ts';

interface WatchedOperation {
  /** `query`, `mutation` or `subscription`. */
  kind: string;
  name: string | undefined;
  /** The hash of the whole document. */
  hash: string;
}

/** What is known when an operation begins. Observers may tell only what is not secret: no text, no variables, no key. */
export interface Beginning {
  requestId: string;
  /** Undefined if the request was refused before its operation was known. */
  operation: WatchedOperation | undefined;
  context: { caller: { name: string }; calls: CallLog } | undefined;
  /** The W3C trace context of the request. */
  traceparent: string | undefined;
  tracestate: string | undefined;
  /** When the request arrived, on the clock of `performance`, if that was earlier. */
  beganMs?: number;
}

/** For a request that is refused before its operation is known. */
export const NOTHING_ASKED = {
  operation: undefined,
  context: undefined,
  traceparent: undefined,
  tracestate: undefined,
} satisfies Omit<Beginning, 'requestId'>;

export interface Watched extends Beginning {
  beganMs: number;
}

interface Outcome {
  ms: number;
  /** The `extensions.code` of each error in the answer. */
  codes: readonly string[];
}

export const LEDGER_ACTS = [
  ...(['begin', 'sent', 'done', 'free', 'lost', 'claim', 'check'] as const),
  ...(['reserve', 'spending', 'takeDue', 'told'] as const),
];
export type LedgerAct = (typeof LEDGER_ACTS)[number];

/** A finished operation of the ledger. */
export interface LedgerCall {
  act: LedgerAct;
  ms: number;
  /** Undefined if it succeeded. */
  error: unknown;
}

/**
 * `refused`: nobody here has signed the address. `forgotten`: nobody waits for what it tells of. `passed`: nobody does in this
 * process, and the others were told.
 */
export const CALLBACK_OUTCOMES = ['woken', 'passed', 'forgotten', 'unreadable', 'refused'] as const;
export type CallbackOutcome = (typeof CALLBACK_OUTCOMES)[number];

/** `dead`: the last attempt failed, and the message was given up. */
export type WebhookOutcome = 'delivered' | 'failed' | 'dead';

/** Events of the jobs that are waited for. */
export type JobsNews =
  /** Some jobs were polled. */
  | { kind: 'look'; ids: number; calls: number }
  /** A job was seen to be done, this long after its end. */
  | { kind: 'ended'; lagMs: number }
  | { kind: 'callback'; outcome: CallbackOutcome }
  /** The receiver of a webhook was sent a message, or it was given up. */
  | { kind: 'webhook'; outcome: WebhookOutcome }
  /** What something has cost was told, and counts for these budgets: names that are configured, or `tokens`. */
  | { kind: 'settled'; budgets: readonly string[]; spentMc: number };

/** What goes on between here and Redis. */
export type RedisNews =
  /** `refused`: by Redis itself. `failed`: it was not sent, or not answered. `command` is its name: no argument of it. */
  | { kind: 'command'; command: string; outcome: 'done' | 'refused' | 'failed'; ms: number }
  /** `connection` is what it is for. `isAgain`: it was lost before. */
  | { kind: 'connection'; connection: string; isThere: boolean; isAgain: boolean };

export interface Observer {
  begun?(run: Watched): void;
  over?(run: Watched, outcome: Outcome): void;
  /** A request was answered by what ran for another one. `requestId` is that of the other if it brought none. */
  joined?(requestId: string, ranAs: string): void;
  onCall?: OnCall;
  onLedger?(call: LedgerCall): void;
  onJobs?(news: JobsNews): void;
  onRedis?(news: RedisNews): void;
  /** Of a query that is run without a plan: why. */
  onUnplanned?(reason: string): void;
}

export interface Watch {
  begin(beginning: Beginning): Watched;
  end(run: Watched, codes: readonly string[]): void;
  joined(requestId: string, ranAs: string): void;
  /** Undefined if nobody observes calls. */
  onCall: OnCall | undefined;
  onLedger(call: LedgerCall): void;
  onJobs(news: JobsNews): void;
  onRedis(news: RedisNews): void;
  onUnplanned(reason: string): void;
}

/** Undefined where nobody watches: then nothing is to be done. */
export function watchWith(watchers: readonly Observer[]): Watch | undefined {
  if (watchers.length === 0) return undefined;
  const onCalls = watchers.flatMap(({ onCall }) => onCall ?? []);
  return {
    begin(beginning) {
      const { beganMs = performance.now() } = beginning;
      const run = { ...beginning, beganMs };
      for (const watcher of watchers) watcher.begun?.(run);
      return run;
    },
    end(run, codes) {
      const outcome = { ms: performance.now() - run.beganMs, codes };
      for (const watcher of watchers) watcher.over?.(run, outcome);
    },
    joined(requestId, ranAs) {
      for (const watcher of watchers) watcher.joined?.(requestId, ranAs);
    },
    onCall: onCalls.length > 1 ? both(onCalls) : onCalls[0],
    onLedger(call) {
      for (const watcher of watchers) watcher.onLedger?.(call);
    },
    onJobs(news) {
      for (const watcher of watchers) watcher.onJobs?.(news);
    },
    onRedis(news) {
      for (const watcher of watchers) watcher.onRedis?.(news);
    },
    onUnplanned(reason) {
      for (const watcher of watchers) watcher.onUnplanned?.(reason);
    },
  };
}

const both =
  (onCalls: readonly OnCall[]): OnCall =>
  (name, calls) => {
    const watches = onCalls.flatMap((onCall) => onCall(name, calls) ?? []);
    return {
      headers: headersOf(watches),
      over(outcome) {
        for (const watch of watches) watch.over(outcome);
      },
    };
  };

const headersOf = (watches: readonly CallWatch[]) =>
  Object.assign({}, ...watches.map(({ headers }) => headers)) as Record<string, string>;
