/** What the process has taken on, and how much that may be. What is beyond is refused, and nothing of it is begun. */
import type { ServerResponse } from 'node:http';
import { overloaded } from '../graphql/errors.ts';
import { type ConnectionLimits, Connections } from './connections.ts';
import { type ByteLimits, HeldBytes, UnsentAnswers } from './held-bytes.ts';
import { type TurnLimits, Turns } from './turns.ts';

export interface LoadLimits {
  connections: ConnectionLimits;
  /** Requests of one connection that wait to be answered, or for their answers to be taken; with `most` it is cut off. */
  unanswered: { served: number; most: number };
  requests: TurnLimits;
  /** Of callers whose keys Astria has not accepted yet, and of those without one. */
  strangers: TurnLimits;
  /** Of answers that their clients have not taken yet. */
  unsent: ByteLimits;
  /** Of what requests have brought, until they are answered. */
  bodies: ByteLimits;
}

/**
 * Astria has 128 connections, of which a caller has 64: more requests at once would only wait for them, each with what it has
 * read so far. A megabyte is a million bytes.
 */
export const LOAD_LIMITS: LoadLimits = {
  connections: { open: 2000, stalledMs: 30_000 },
  unanswered: { served: 10, most: 100 },
  requests: { running: 128, runningOfCaller: 64, waiting: 2000, waitingOfCaller: 1000 },
  strangers: { running: 64, runningOfCaller: 32, waiting: 1000, waitingOfCaller: 500 },
  unsent: { bytes: 32_000_000, bytesOfCaller: 16_000_000 },
  bodies: { bytes: 64_000_000, bytesOfCaller: 32_000_000 },
};

/** Of a body, so many bytes are always taken: whoever asks what is usual is not kept out by those who send much. */
const FREE_BODY_BYTES = 16_000;

/** Connections to Astria, the ledger, the log: what is open beside those of clients. */
const OTHER_DESCRIPTORS = 300;

/** So that clients leave descriptors to reach Astria by. */
export function withinDescriptors(most: number | undefined): LoadLimits {
  const { connections } = LOAD_LIMITS;
  if (most === undefined) return LOAD_LIMITS;
  const left = Math.max(most - OTHER_DESCRIPTORS, Math.floor(most / 2));
  const open = Math.min(connections.open, left);
  return { ...LOAD_LIMITS, connections: { ...connections, open } };
}

const MESSAGES = {
  connectionRequests:
    'This connection has asked too much before it took its answers: wait for them, or use more connections.',
  waitingRequests:
    'Too many requests wait here already, and this one was not begun: ask again later.',
  heldBodyBytes:
    'Too many long requests are here already, and this one was not begun: send it again later, or ask with less.',
  unsentBytes:
    'Too much waits here for clients to take it, and the answer has no room: take what is there, and ask again later.',
};
type Refusal = keyof typeof MESSAGES;

/** Whose places, turns and bytes are taken. */
export interface Owner {
  name: string;
  isStranger: boolean;
}

/** Throws where what has come has no room. */
export type TakeBytes = (bytes: number) => void;

export class Load {
  readonly connections: Connections;
  /** To read new documents in: that needs no place, but takes as long as to run them. */
  readonly reading: Turns;
  readonly turns: Turns;
  /** Of writes, as many again: they wait for a ledger that is locked, and no read may wait for them. */
  readonly writing: Turns;
  /** Of strangers, whose addresses may be many: each would have its turn before a caller who is known had the next one. */
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

  /** How many requests of its connection are unanswered with this one; undefined where that is not to be borne. */
  enter(response: ServerResponse): number | undefined {
    const unanswered = this.connections.ask(response);
    if (unanswered <= this.#limits.unanswered.most) return unanswered;
    // Even refusals would take room.
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

  /** Does the work of a request when its turn comes; undefined where nobody waits for it any more by then. */
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

  /** Throws where an answer has no room. Not to be asked of a write, which has been done by the time it is answered. */
  checkRoom(owner: string, body: Buffer) {
    if (this.unsent.hasRoom(owner, body)) return;
    throw this.#refuse('unsentBytes', this.#limits.unsent.bytesOfCaller, 'more');
  }

  hold(response: ServerResponse, owner: string, body: Buffer) {
    this.unsent.hold(response, owner, body);
  }

  /** To be told of each piece of a body as it comes; throws where it has no room. What has come is held until the request is over. */
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
