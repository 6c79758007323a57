import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface ConnectionLimits {
  /** The most open connections. Beyond it the one that has been idle the longest is closed. */
  open: number;
  /** How long a client may leave an answer unread. */
  stalledMs: number;
}

/** A connection with requests whose answers the client has not read completely. */
interface Busy {
  unanswered: number;
  /** The response to the request that came last. Undefined for a WebSocket. */
  last: ServerResponse | undefined;
  taken: number;
  takenMs: number;
}

const SWEEP_MS = 1000;

/** The connections of clients: their number, and whether clients read their answers. */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #open = new Set<Socket>();
  /** The longest idle one comes first. A connection that has not sent a whole head is idle too. */
  readonly #idle = new Set<Socket>();
  readonly #busy = new Map<Socket, Busy>();
  #sweeper: NodeJS.Timeout | undefined;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  get open() {
    return this.#open.size;
  }

  /** Adds a connection that a server has accepted. */
  readonly add = (socket: Socket) => {
    this.#open.add(socket);
    this.#idle.add(socket);
    socket.once('close', () => this.#forget(socket));
    if (this.#open.size <= this.#limits.open) return;
    const [longest = socket] = this.#idle;
    this.#forget(longest);
    longest.destroy();
  };

  /** Returns the number of unanswered requests on the connection. */
  ask(response: ServerResponse): number {
    const { unanswered, settle } = this.owe(response.req.socket, response);
    response.once('close', settle);
    return unanswered;
  }

  /** Counts one more answer on a connection. Returns their number, and a function to call when this answer is sent. */
  owe(socket: Socket, response?: ServerResponse): { unanswered: number; settle(): void } {
    const busy = this.#busy.get(socket) ?? this.#begin(socket);
    busy.last = response;
    const unanswered = ++busy.unanswered;
    const settle = () => {
      if (--busy.unanswered > 0) return;
      this.#busy.delete(socket);
      if (this.#open.has(socket)) this.#idle.add(socket);
    };
    return { unanswered, settle };
  }

  /** Returns the number of unanswered requests on the connection, and the response to the last of them. */
  dueOn(socket: Socket): Pick<Busy, 'unanswered' | 'last'> {
    return this.#busy.get(socket) ?? { unanswered: 0, last: undefined };
  }

  /** Closes every connection, even during a request. */
  cutOff() {
    for (const socket of this.#open) socket.destroy();
  }

  #begin(socket: Socket): Busy {
    const busy: Busy = { unanswered: 0, last: undefined, taken: 0, takenMs: performance.now() };
    this.#busy.set(socket, busy);
    this.#idle.delete(socket);
    const everyMs = Math.min(SWEEP_MS, this.#limits.stalledMs / 4);
    this.#sweeper ??= setInterval(this.#cutOffStalled, everyMs).unref();
    return busy;
  }

  #forget(socket: Socket) {
    this.#open.delete(socket);
    this.#idle.delete(socket);
    this.#busy.delete(socket);
  }

  /** Compares what has been read. A timer of the socket would start again with each byte that the client sends. */
  readonly #cutOffStalled = () => {
    const now = performance.now();
    for (const [socket, busy] of this.#busy) {
      const taken = socket.bytesWritten - socket.writableLength;
      if (socket.writableLength === 0 || taken !== busy.taken) {
        busy.taken = taken;
        busy.takenMs = now;
      } else if (now - busy.takenMs >= this.#limits.stalledMs) socket.destroy();
    }
    if (this.#busy.size > 0) return;
    clearInterval(this.#sweeper);
    this.#sweeper = undefined;
  };
}
