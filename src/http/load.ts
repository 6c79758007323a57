/** The work that the process has accepted, and its limits. Work beyond them is refused before it begins. */
import type { ServerResponse } from 'node:http';
import { overloaded } from '../graphql/errors.ts';
import { type ConnectionLimits, Connections } from './connections.ts';
import { type ByteLimits, HeldBytes, UnsentAnswers } from './held-bytes.ts';
import { type TurnLimits, Turns } from './turns.ts';

export interface LoadLimits {
  connections: ConnectionLimits;
  /**
   * The unanswered requests of one connection, or those whose answers are unread. `served` of them are worked on. With `most`
   * the connection is cut off.
   */
  unanswered: { served: number; most: number };
  requests: TurnLimits;
  /** The limits for callers without a key, or with one that Astria has not accepted yet. */
  strangers: TurnLimits;
  /** The limits for answers that clients have not read yet. */
  unsent: ByteLimits;
  /** The limits for request bodies, which are held until the answer is sent. */
  bodies: ByteLimits;
}

/**
 * Astria has 128 connections, and a caller gets 64. More requests at once would only wait for them and hold memory. A megabyte
 * is a million bytes.
 */
export const LOAD_LIMITS: LoadLimits = {
  connections: { open: 2000, stalledMs: 30_000 },
  unanswered: { served: 10, most: 100 },
  requests: { running: 128, runningOfCaller: 64, waiting: 2000, waitingOfCaller: 1000 },
  strangers: { running: 64, runningOfCaller: 32, waiting: 1000, waitingOfCaller: 500 },
  unsent: { bytes: 32_000_000, bytesOfCaller: 16_000_000 },
  bodies: { bytes: 64_000_000, bytesOfCaller: 32_000_000 },
};

/** The first bytes of each body do not count, so that ordinary requests are accepted while others send large ones. */
const FREE_BODY_BYTES = 16_000;

/** The descriptors that are not for clients: connections to Astria, the ledger, the log. */
const OTHER_DESCRIPTORS = 300;

/** Returns the limits with a connection for each stream in addition, and with descriptors left for calls to Astria. */
export function loadLimits(streams: number, descriptors = Number.POSITIVE_INFINITY): LoadLimits {
  const { connections } = LOAD_LIMITS;
  const left = Math.max(descriptors - OTHER_DESCRIPTORS, Math.floor(descriptors / 2));
  const open = Math.min(connections.open + streams, left);
  return { ...LOAD_LIMITS, connections: { ...connections, open } };
}

const MESSAGES = {
  connectionRequests:
    'This connection has too many unanswered requests: read the answers first, or use more connections.',
  waitingRequests:
    'Too many requests are waiting already. This one was not begun: try again later.',
  heldBodyBytes:
    'Too many large requests are in memory already. This one was not begun: send it again later, or send a smaller one.',
  unsentBytes:
    'Too many answers are waiting for clients to read them, and there is no room for this one: read the others, and try again later.',
};
type Refusal = keyof typeof MESSAGES;

/** The caller whose limits the work counts against. */
export interface Owner {
  name: string;
  isStranger: boolean;
}

/** Throws if there is no room for the bytes. */
export type TakeBytes = (bytes: number) => void;

export class Load {
  readonly connections: Connections;
  /** Turns for parsing new documents. Parsing needs no slot, but can take as long as an operation. */
  readonly reading: Turns;
  readonly turns: Turns;
  /** Turns for writes, as many again. Writes may wait for a locked ledger, and reads must not wait behind them. */
  readonly writing: Turns;
  /**
   * Turns for strangers. They are separate, because strangers may have many addresses, and each address would get a turn before
   * a known caller gets its next one.
   */
  readonly strange: Turns;
  readonly readingOfStrangers: Turns;
  readonly unsent: UnsentAnswers;
  readonly bodies: HeldBytes;
  /** How often a request was refused, by `limit.name` of the refusal. */
  readonly refused: Record<Refusal, number> = {
    connectionRequests: 0,
    waitingRequests: 0,
    heldBodyBytes: 0,
    unsentBytes: 0,
  };
  readonly #limits: LoadLimits;

  constructor(limits: LoadLimits = LOAD_LIMITS) {
    this.#limits = limits;
    this.connections = new Connections(limits.connections);
    const atOnce = { running: Number.POSITIVE_INFINITY, runningOfCaller: Number.POSITIVE_INFINITY };
    this.reading = new Turns({ ...limits.requests, ...atOnce });
    this.turns = new Turns(limits.requests);
    this.writing = new Turns(limits.requests);
    this.strange = new Turns(limits.strangers);
    this.readingOfStrangers = new Turns({ ...limits.strangers, ...atOnce });
    this.unsent = new UnsentAnswers(limits.unsent);
    this.bodies = new HeldBytes(limits.bodies);
  }

  /** Returns the number of unanswered requests on the connection, or undefined if the connection was cut off. */
  enter(response: ServerResponse): number | undefined {
    const unanswered = this.connections.ask(response);
    if (unanswered <= this.#limits.unanswered.most) return unanswered;
    // Even a refusal would need memory.
    response.req.socket.destroy();
    return undefined;
  }

  get running() {
    return this.turns.running + this.writing.running + this.strange.running;
  }

  get waiting() {
    return this.turns.waiting + this.writing.waiting + this.strange.waiting;
  }

  checkConnection(unanswered: number) {
    const { served } = this.#limits.unanswered;
    if (unanswered > served) throw this.#refuse('connectionRequests', served, unanswered);
  }

  /** Runs the work of a request in its turn. Returns undefined if nobody waits for it any more. */
  async inTurn<T>(owner: Owner, signal: AbortSignal, work: () => Promise<T>, isWrite = false) {
    this.checkRoom(owner.name, NOTHING);
    const turns = isWrite ? this.writing : this.turns;
    return this.#take(owner.isStranger ? this.strange : turns, owner, signal, work);
  }

  async readInTurn(owner: Owner, signal: AbortSignal, read: () => void) {
    const turns = owner.isStranger ? this.readingOfStrangers : this.reading;
    await this.#take(turns, owner, signal, async () => read());
  }

  #take<T>(turns: Turns, { name }: Owner, signal: AbortSignal, work: () => Promise<T>) {
    if (!turns.isFull(name)) return turns.take(name, signal, work);
    const { waitingOfCaller } = turns.limits;
    throw this.#refuse('waitingRequests', waitingOfCaller, 'more');
  }

  /** Throws if there is no room for an answer. Not for writes: they are already done, so their answer is always sent. */
  checkRoom(owner: string, body: Buffer) {
    if (this.unsent.hasRoom(owner, body)) return;
    throw this.#refuse('unsentBytes', this.#limits.unsent.bytesOfCaller, 'more');
  }

  hold(response: ServerResponse, owner: string, body: Buffer) {
    // A client that has left is sent nothing, and no event would release the bytes.
    if (!response.closed) this.unsent.hold(response, owner, body);
  }

  /**
   * Returns a function to call for each piece of the body, which throws if there is no room. The bytes are counted until the
   * request is over.
   */
  holdsBody(response: ServerResponse, owner: string): TakeBytes {
    let came = 0;
    let held = 0;
    response.once('close', () => this.bodies.add(owner, -held));
    return (bytes) => {
      if (response.closed) return;
      came += bytes;
      const more = Math.max(0, came - FREE_BODY_BYTES - held);
      if (!this.bodies.hasRoom(owner, more)) {
        throw this.#refuse('heldBodyBytes', this.#limits.bodies.bytesOfCaller, 'more');
      }
      held += more;
      this.bodies.add(owner, more);
    };
  }

  #refuse(name: Refusal, max: number, found: number | string) {
    this.refused[name]++;
    return overloaded(MESSAGES[name], { name, max, found });
  }
}

const NOTHING = Buffer.alloc(0);
