import { Pool } from 'undici';
import type { AstriaClock } from '../astria-clock.ts';
import { HeldBack, isTurnedAway, NoAnswer } from '../errors.ts';
import type { Breaker } from './breaker.ts';
import { Bulkhead } from './bulkhead.ts';
import type { Deadline } from './deadline.ts';
import type { Ending, Errand } from './errand.ts';
import { exchange, NeverBegun } from './exchange.ts';
import type { Outgoing } from './outgoing.ts';

/** An errand on its way, with all its tries. */
export interface Trip extends Omit<Errand, 'body' | 'isForm' | 'owner'> {
  outgoing: Outgoing;
  deadline: Deadline;
  /** Who calls, or whose key it is. */
  owner: string;
  isWrite: boolean;
}

/**
 * At Astria, all in all, with more for strangers: what they take is nobody else's. Of one owner so many calls wait, so that an
 * account's largest operation finds place.
 */
const CALLS = { places: 128, forStrangers: 64, waiting: 1000 };
/** Files take as long as their sender does, and must not keep everything else waiting. */
const UPLOADS = { places: 64, forStrangers: 16, waiting: 100 };

/** The connections to one Astria, shared by all callers, and what is sent on them. */
export function createTries(origin: string, breaker: Breaker | undefined, clock: AstriaClock) {
  const calls = createLane(origin, CALLS);
  const uploads = createLane(origin, UPLOADS);
  const laneOf = (trip: Trip) => (isStreamed(trip) ? uploads : calls);

  /** Without regard to others. */
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

  /** Sends it when its turn has come, unless Astria or others are to be spared. */
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

  /** Why it is not to go on, if so. */
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
    // Astria may have begun to fail meanwhile.
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

/**
 * How long a connection may have been idle before a write is sent on it. Astria may close one just as the write goes out, and
 * then nobody can tell whether it was done. A read is simply sent again.
 */
const FRESH_MS = 1000;

/**
 * Deadlines are ours: undici's own timers are coarse. Over HTTP/2 it sends again what the other side says it has not looked
 * at, writes too; over HTTP/1.1 it sends nothing twice.
 */
function createLane(origin: string, { places, forStrangers, waiting }: typeof CALLS) {
  const connections = places + forStrangers;
  const settings = { connections, headersTimeout: 0, bodyTimeout: 0, allowH2: false };
  const idle = { keepAliveTimeout: FRESH_MS, keepAliveMaxTimeout: FRESH_MS };
  return {
    /** For reads. */
    kept: new Pool(origin, settings),
    /** For writes. */
    fresh: new Pool(origin, { ...settings, ...idle }),
    known: new Bulkhead({ places, waiting }),
    strangers: new Bulkhead({ places: forStrangers, waiting }),
  };
}

/** What can be sent once only. */
export const isStreamed = ({ outgoing }: Trip) => typeof outgoing.content === 'object';

function noAnswer({ name, outgoing, deadline }: Trip, thrown: unknown) {
  const isUnsent = thrown instanceof NeverBegun;
  const cause = isUnsent ? thrown.cause : thrown;
  const reason = deadline.isPast() ? 'timeout' : 'connection';
  return new NoAnswer(name, reason, { cause, isCut: outgoing.isCut(), isUnsent });
}

/** Whether Astria is well, as far as this tells. */
function verdictOf({ deadline }: Trip, { answer, thrown }: Ending): boolean | undefined {
  if (answer) {
    if (answer.status >= 500) return false;
    return isTurnedAway(answer.status) ? undefined : true;
  }
  const hasLeft = deadline.signal.aborted && !deadline.isPast();
  return thrown instanceof NoAnswer && !hasLeft ? false : undefined;
}
