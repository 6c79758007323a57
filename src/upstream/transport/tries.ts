import { Pool } from 'undici';
import type { AstriaClock } from '../astria-clock.ts';
import { HeldBack, isTurnedAway, NoAnswer } from '../errors.ts';
import type { Breaker } from './breaker.ts';
import { Bulkhead } from './bulkhead.ts';
import type { Deadline } from './deadline.ts';
import type { Ending, Errand } from './errand.ts';
import { exchange, NeverBegun } from './exchange.ts';
import type { Outgoing } from './outgoing.ts';

/** A call in flight, with all its attempts. */
export interface Trip extends Omit<Errand, 'body' | 'isForm' | 'owner'> {
  outgoing: Outgoing;
  deadline: Deadline;
  /** The caller, or its key. */
  owner: string;
  isWrite: boolean;
}

/** Slots for calls at Astria. Strangers have slots of their own besides. The queue of one owner holds its largest operation. */
const CALLS = { places: 128, forStrangers: 64, waiting: 1000 };
/** Slots for uploads. A file takes as long as its sender does, and must not block other calls. */
const UPLOADS = { places: 64, forStrangers: 16, waiting: 100 };

/** Creates the connections to Astria, which all callers share, and sends calls on them. */
export function createTries(origin: string, breaker: Breaker | undefined, clock: AstriaClock) {
  const calls = createLane(origin, CALLS);
  const uploads = createLane(origin, UPLOADS);
  const laneOf = (trip: Trip) => (isStreamed(trip) ? uploads : calls);

  /** Sends a call without waiting for a slot. */
  async function ask(trip: Trip): Promise<Ending> {
    const { name, path, headers, outgoing, deadline } = trip;
    const pool = trip.isWrite ? laneOf(trip).fresh : laneOf(trip).kept;
    try {
      const { method } = name;
      const body = outgoing.content;
      const received = await exchange(pool, { method, path, headers, body }, deadline.signal);
      clock.note(received.headers.date);
      return { answer: { ...received, isCut: outgoing.isCut() } };
    } catch (thrown) {
      return { thrown: outgoing.failure()?.error ?? noAnswer(trip, thrown) };
    }
  }

  /** Sends a call when it has a slot, unless the breaker or the bulkhead refuses it. */
  async function once(trip: Trip): Promise<Ending> {
    const { stranger, owner } = trip;
    const hold = stranger === undefined ? laneOf(trip).known : laneOf(trip).strangers;
    const refused = refuse(trip);
    if (refused) return refused;
    const turn = hold.enter(stranger ?? owner, trip.deadline.signal);
    if (turn !== undefined) {
      const stopped = await standInLine(trip, turn, hold);
      if (stopped) return stopped;
    }
    const ending = await ask(trip);
    hold.leave(stranger ?? owner);
    breaker?.note(trip, verdictOf(trip, ending));
    return ending;
  }

  /** Waits for a slot. Returns why the call must not be sent, if there is a reason. */
  async function standInLine(trip: Trip, turn: Promise<void> | false, hold: Bulkhead) {
    const failed = await Promise.resolve(turn).then(
      (hasCome) =>
        hasCome === false
          ? { thrown: new HeldBack(trip.name, 'bulkhead', { max: hold.waiting }) }
          : undefined,
      (cause) => ({ thrown: noAnswer(trip, new NeverBegun('', { cause })) }),
    );
    if (failed) {
      breaker?.note(trip, undefined);
      return failed;
    }
    // The breaker may have opened during the wait.
    const refused = refuse(trip);
    if (refused) hold.leave(trip.stranger ?? trip.owner);
    return refused;
  }

  function refuse(trip: Trip): Ending | undefined {
    const retryAfterMs = breaker?.refuse(trip);
    if (retryAfterMs === undefined) return undefined;
    const whole = Math.ceil(retryAfterMs);
    return { thrown: new HeldBack(trip.name, 'breaker', { retryAfterMs: whole }) };
  }

  return {
    ask,
    once,
    async close() {
      const pools = [calls, uploads].flatMap(({ fresh, kept }) => [fresh, kept]);
      await Promise.all(pools.map((pool) => pool.destroy()));
    },
  };
}

export type Tries = ReturnType<typeof createTries>;

/**
 * How long a connection may have been idle before a write is sent on it. If Astria closes a connection just as a write is sent,
 * nobody can tell whether the write was done. A read is simply retried.
 */
const FRESH_MS = 1000;

/**
 * Creates connections without undici's timeouts, which are coarse: `Deadline` has ours. It uses HTTP/1.1 only: over HTTP/2
 * undici sends a request again if the server says it was not processed, even a write.
 */
function createLane(origin: string, { places, forStrangers, waiting }: typeof CALLS) {
  const connections = places + forStrangers;
  const settings = { connections, headersTimeout: 0, bodyTimeout: 0, allowH2: false };
  const idle = { keepAliveTimeout: FRESH_MS, keepAliveMaxTimeout: FRESH_MS };
  return {
    /** Connections for reads. */
    kept: new Pool(origin, settings),
    /** Connections for writes. */
    fresh: new Pool(origin, { ...settings, ...idle }),
    known: new Bulkhead({ places, waiting }),
    strangers: new Bulkhead({ places: forStrangers, waiting }),
  };
}

/** Returns whether the body can be sent only once. */
export const isStreamed = ({ outgoing }: Trip) => typeof outgoing.content === 'object';

function noAnswer({ name, outgoing, deadline }: Trip, thrown: unknown) {
  const isUnsent = thrown instanceof NeverBegun;
  const cause = isUnsent ? thrown.cause : thrown;
  const reason = deadline.isPast() ? 'timeout' : 'connection';
  return new NoAnswer(name, reason, { cause, isCut: outgoing.isCut(), isUnsent });
}

/** Returns whether Astria is well, or undefined if this ending does not tell. */
function verdictOf({ deadline }: Trip, { answer, thrown }: Ending): boolean | undefined {
  if (answer) {
    if (answer.status >= 500) return false;
    return isTurnedAway(answer.status) ? undefined : true;
  }
  const hasLeft = deadline.signal.aborted && !deadline.isPast();
  return thrown instanceof NoAnswer && !hasLeft ? false : undefined;
}
