/** The seam between those who run operations and those who keep an eye on them: the log, metrics, traces. */
import type { CallLog } from '../upstream/call-log.ts';
import type { CallWatch, OnCall } from '../upstream/call-watch.ts';

interface WatchedOperation {
  /** query, mutation or subscription. */
  kind: string;
  name: string | undefined;
  /** Of the whole document. */
  hash: string;
}

/** What is known of an operation as it begins. Of this only what is no secret may be told: no text, no variables, no key. */
export interface Beginning {
  requestId: string;
  /** Undefined where a request was refused before it came to one. */
  operation: WatchedOperation | undefined;
  context: { caller: { name: string }; calls: CallLog } | undefined;
  /** W3C trace context, as it came. */
  traceparent: string | undefined;
  tracestate: string | undefined;
  /** When it was asked for, on the clock of `performance`, where that was before. */
  beganMs?: number;
}

/** Of a request that is refused before it is known what it asks. */
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
  /** `extensions.code` of each error of the answer. */
  codes: readonly string[];
}

export type LedgerAct =
  | ('begin' | 'sent' | 'done' | 'free' | 'lost' | 'claim' | 'check')
  | ('reserve' | 'spending' | 'takeDue' | 'told');

/** Something the ledger was asked for, when it is over. */
export interface LedgerCall {
  act: LedgerAct;
  ms: number;
  /** Undefined where it did as it was asked. */
  error: unknown;
}

/** `refused`: nobody here has signed the address. `forgotten`: nobody waits for what it tells of. */
export type CallbackOutcome = 'woken' | 'forgotten' | 'unreadable' | 'refused';

/** What goes on where jobs are waited for. */
export type JobsNews =
  /** Some jobs were looked at. */
  | { kind: 'look'; ids: number; calls: number }
  /** One was seen to be done, so long after it was. */
  | { kind: 'ended'; lagMs: number }
  | { kind: 'callback'; outcome: CallbackOutcome }
  /** What something has cost was told, and counts for these budgets: names that are configured, or `tokens`. */
  | { kind: 'settled'; budgets: readonly string[]; spentMc: number };

export interface Watcher {
  begun?(run: Watched): void;
  over?(run: Watched, outcome: Outcome): void;
  /** A request was answered by what was run for another; `requestId` is the other's where it brought none. */
  joined?(requestId: string, ranAs: string): void;
  onCall?: OnCall;
  onLedger?(call: LedgerCall): void;
  onJobs?(news: JobsNews): void;
  /** Of a query that is run without a plan: why. */
  onUnplanned?(reason: string): void;
}

export interface Watch {
  begin(beginning: Beginning): Watched;
  end(run: Watched, codes: readonly string[]): void;
  joined(requestId: string, ranAs: string): void;
  /** Undefined where nobody watches calls. */
  onCall: OnCall | undefined;
  onLedger(call: LedgerCall): void;
  onJobs(news: JobsNews): void;
  onUnplanned(reason: string): void;
}

/** Undefined where nobody watches: then nothing is to be done. */
export function watchWith(watchers: readonly Watcher[]): Watch | undefined {
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
