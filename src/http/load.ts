/** What the process has taken on, and how much that may be. What is beyond is refused, and nothing of it is begun. */
import type { ServerResponse } from 'node:http';
import { overloaded } from '../graphql/errors.ts';
import { type ConnectionLimits, Connections } from './connections.ts';
import { type ByteLimits, HeldBytes } from './held-bytes.ts';
import { type TurnLimits, Turns } from './turns.ts';

export interface LoadLimits {
  connections: ConnectionLimits;
  /** Requests of one connection that wait to be answered, or for their answers to be taken; with `most` it is cut off. */
  unanswered: { served: number; most: number };
  requests: TurnLimits;
  /** Of answers that their clients have not taken yet. */
  unsent: ByteLimits;
}

/**
 * Astria has 128 connections, of which a caller has 64: more requests at once would only wait for them, each with what it has
 * read so far. A megabyte is a million bytes.
 */
export const LOAD_LIMITS: LoadLimits = {
  connections: { open: 2000, stalledMs: 30_000 },
  unanswered: { served: 10, most: 100 },
  requests: { running: 128, runningOfCaller: 64, waiting: 2000, waitingOfCaller: 1000 },
  unsent: { bytes: 32_000_000, bytesOfCaller: 16_000_000 },
};

/** Connections to Astria, the ledger, the log: what is open beside those of clients. */
const OTHER_DESCRIPTORS = 300;

/** With room for so many streams, a connection each; and so that clients leave descriptors to reach Astria by. */
export function loadLimits(streams: number, descriptors = Number.POSITIVE_INFINITY): LoadLimits {
  const { connections } = LOAD_LIMITS;
  const left = Math.max(descriptors - OTHER_DESCRIPTORS, Math.floor(descriptors / 2));
  const open = Math.min(connections.open + streams, left);
  return { ...LOAD_LIMITS, connections: { ...connections, open } };
}

const MESSAGES = {
  connectionRequests:
    'This connection has asked too much before it took its answers: wait for them, or use more connections.',
  waitingRequests:
    'Too many requests wait here already, and this one was not begun: ask again later.',
  unsentBytes:
    'Too much waits here for clients to take it, and the answer has no room: take what is there, and ask again later.',
};
type Refusal = keyof typeof MESSAGES;

export class Load {
  readonly connections: Connections;
  /** To read new documents in: that needs no place, but takes as long as to run them. */
  readonly reading: Turns;
  readonly turns: Turns;
  /** Of writes, as many again: they wait for a ledger that is locked, and no read may wait for them. */
  readonly writing: Turns;
  readonly unsent: HeldBytes;
  /** How often a request was refused, by `limit.name` of the refusal. */
  readonly refused: Record<Refusal, number> = {
    connectionRequests: 0,
    waitingRequests: 0,
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
    this.unsent = new HeldBytes(limits.unsent);
  }

  /** How many requests of its connection are unanswered with this one; undefined where that is not to be borne. */
  enter(response: ServerResponse): number | undefined {
    const unanswered = this.connections.ask(response);
    if (unanswered <= this.#limits.unanswered.most) return unanswered;
    // Even refusals would take room.
    response.req.socket.destroy();
    return undefined;
  }

  get running() {
    return this.turns.running + this.writing.running;
  }

  get waiting() {
    return this.turns.waiting + this.writing.waiting;
  }

  checkConnection(unanswered: number) {
    const { served } = this.#limits.unanswered;
    if (unanswered > served) throw this.#refuse('connectionRequests', served, unanswered);
  }

  /** Does the work of a request when its turn comes; undefined where nobody waits for it any more by then. */
  async inTurn<T>(owner: string, signal: AbortSignal, work: () => Promise<T>, isWrite = false) {
    this.checkRoom(owner, NOTHING);
    return this.#take(isWrite ? this.writing : this.turns, owner, signal, work);
  }

  async readInTurn(owner: string, signal: AbortSignal, read: () => void) {
    await this.#take(this.reading, owner, signal, async () => read());
  }

  #take<T>(turns: Turns, owner: string, signal: AbortSignal, work: () => Promise<T>) {
    if (!turns.isFull(owner)) return turns.take(owner, signal, work);
    const { waitingOfCaller } = this.#limits.requests;
    throw this.#refuse('waitingRequests', waitingOfCaller, 'more');
  }

  /** Throws where an answer has no room. Not to be asked of a write, which has been done by the time it is answered. */
  checkRoom(owner: string, body: Buffer) {
    if (this.unsent.hasRoom(owner, body)) return;
    throw this.#refuse('unsentBytes', this.#limits.unsent.bytesOfCaller, 'more');
  }

  hold(response: ServerResponse, owner: string, body: Buffer) {
    this.unsent.hold(response, owner, body);
  }

  #refuse(name: Refusal, max: number, found: number | string) {
    this.refused[name]++;
    return overloaded(MESSAGES[name], { name, max, found });
  }
}

const NOTHING = Buffer.alloc(0);
