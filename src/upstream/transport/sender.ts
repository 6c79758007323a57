import { setTimeout as sleep } from 'node:timers/promises';
import { AstriaClock, type Clocks } from '../astria-clock.ts';
import type { OnCall } from '../call-watch.ts';
import { HeldBack, isWrite, NoAnswer } from '../errors.ts';
import { Breaker, type BreakerOptions, type BreakerState, USUAL_BREAKER } from './breaker.ts';
import { startDeadline } from './deadline.ts';
import type { AstriaAnswer, Errand, Sake } from './errand.ts';
import { outgoingOf } from './outgoing.ts';
import { isPassing, Retries, type RetryOptions } from './retry.ts';
import { createTries, type Tries, type Trip } from './tries.ts';

export interface SenderOptions extends Partial<RetryOptions>, Clocks {
  /**
   * The timeout of a whole call, including the wait for a slot and a connection, and retries. With files, only the time in
   * which Astria is waited for counts. Astria itself gives up after 30 s.
   */
  timeoutMs?: number;
  /** False turns the breaker off. */
  breaker?: Partial<BreakerOptions> | false;
  /** The owner that stands for all who share a held key and are not told apart. */
  commonOwner?: string | undefined;
  /** Called for each call that is made. */
  onCall?: OnCall;
}

export interface Sender {
  timeoutMs: number;
  /** Astria's answer, a failure too. Throws where there is none. */
  send(errand: Errand, sake: Sake): Promise<AstriaAnswer>;
  /** Whether Astria answers at all, whatever it is. */
  reach(signal: AbortSignal): Promise<boolean>;
  health(): { breaker: BreakerState };
  /** Astria's clock. */
  clock: Pick<AstriaClock, 'now' | 'mark' | 'bounds'>;
  close(): Promise<void>;
}

/** The call behind `reach`: it has a short answer for anybody, namely that a key is needed. */
const NEAREST: Errand = { name: { method: 'GET', route: '/users' }, path: '/users', headers: {} };

export function createSender(base: URL, options: SenderOptions): Sender {
  const { timeoutMs = 35_000, retries = 2, retryDelayMs = 500 } = options;
  const { breaker: settings, onCall, commonOwner } = options;
  const breaker =
    settings === false ? undefined : new Breaker({ ...USUAL_BREAKER, commonOwner, ...settings });
  const nearest = { ...NEAREST, path: base.pathname.replace(/\/$/, '') + NEAREST.path };
  const clock = new AstriaClock(options);
  const tries = createTries(base.origin, breaker, clock);
  const attempt = createAttempts(tries, { retries, retryDelayMs });

  /** Probes a breaker that is due by a read with the same key, before a write is sent. A probe must not cost money. */
  async function tryFor({ headers: { authorization = '' }, owner, stranger }: Trip) {
    const deadline = startDeadline(timeoutMs);
    const errand = { ...nearest, headers: { authorization }, owner, stranger };
    await tries.once(tripOf(errand, deadline));
    deadline.clear();
  }

  async function send(errand: Errand, { signal, calls, entry, spentMs = 0 }: Sake) {
    const watch = onCall?.(errand.name, calls);
    const startedAt = performance.now();
    const allMs = Math.max(timeoutMs, errand.patienceMs ?? 0);
    const deadline = startDeadline(allMs - spentMs, signal);
    const trip = tripOf(errand, deadline, watch?.headers);
    if (trip.isWrite && breaker?.isDue(trip.owner)) await tryFor(trip);
    const { ending, retried } = await attempt(trip, startedAt + allMs - spentMs);
    deadline.clear();
    const { answer, thrown } = ending;
    const status = answer?.status;
    if (calls && entry) {
      calls.end(entry, { status, ms: performance.now() - startedAt, retries: retried });
      if (retried === 0 && thrown instanceof HeldBack) calls.markHeldBack(entry);
    }
    watch?.over({
      status,
      error: signal?.aborted ? undefined : reasonOf(thrown),
      retries: retried,
    });
    if (answer) return answer;
    throw thrown;
  }

  return {
    timeoutMs,
    send,
    async reach(signal) {
      const deadline = startDeadline(timeoutMs, signal);
      const { answer } = await tries.ask(tripOf(nearest, deadline));
      deadline.clear();
      return answer !== undefined;
    },
    health: () => ({ breaker: breaker?.state ?? 'closed' }),
    clock,
    close: tries.close,
  };
}

/** Sends a call, and again for as long as a retry may help. Returns the last ending, and the number of retries. */
const createAttempts =
  (tries: Tries, options: RetryOptions) => async (trip: Trip, until: number) => {
    let last = await tries.once(trip);
    // Retries are set up only after the first attempt has failed, so that the usual call pays nothing for them.
    if (!isPassing(last)) return { ending: last, retried: 0 };
    const more = new Retries(options);
    for (;;) {
      const delayMs = more.delayMs(trip, last, until - performance.now());
      if (delayMs === undefined) return { ending: last, retried: more.done };
      const { signal } = trip.deadline;
      const isOver = await sleep(delayMs, false, { signal }).catch(() => true);
      // The timeout has not passed here, so the client has left.
      if (isOver) return { ending: { thrown: goneBy(trip) }, retried: more.done };
      more.done++;
      last = await tries.once(trip);
    }
  };

function tripOf(errand: Errand, deadline: Trip['deadline'], more?: Record<string, string>): Trip {
  const outgoing = outgoingOf(errand, deadline);
  const { contentType } = outgoing;
  const own = contentType ? { ...errand.headers, 'content-type': contentType } : errand.headers;
  const headers = more ? { ...more, ...own } : own;
  const owner = errand.owner ?? headers.authorization ?? '';
  return { ...errand, headers, outgoing, deadline, owner, isWrite: isWrite(errand.name) };
}

const goneBy = ({ name, deadline }: Trip) =>
  new NoAnswer(name, deadline.isPast() ? 'timeout' : 'connection', {
    cause: deadline.signal.reason,
  });

const reasonOf = (thrown: unknown) =>
  thrown instanceof NoAnswer || thrown instanceof HeldBack ? thrown.reason : undefined;
