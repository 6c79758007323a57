import type { ServerResponse } from 'node:http';

export interface ByteLimits {
  bytes: number;
  bytesOfCaller: number;
}

/** Counts bytes in memory, in total and by caller. */
export class HeldBytes {
  bytes = 0;
  readonly #limits: ByteLimits;
  readonly #ofCallers = new Map<string, number>();

  constructor(limits: ByteLimits) {
    this.#limits = limits;
  }

  hasRoom(caller: string, more: number): boolean {
    const { bytes, bytesOfCaller } = this.#limits;
    const ofCaller = this.#ofCallers.get(caller) ?? 0;
    return this.bytes + more <= bytes && ofCaller + more <= bytesOfCaller;
  }

  /** A negative number releases bytes. */
  add(caller: string, bytes: number) {
    this.bytes += bytes;
    const ofCaller = (this.#ofCallers.get(caller) ?? 0) + bytes;
    if (ofCaller > 0) this.#ofCallers.set(caller, ofCaller);
    else this.#ofCallers.delete(caller);
  }
}

/** Answers in memory that clients have not read yet. An answer that several clients share counts once. */
export class UnsentAnswers {
  readonly #held: HeldBytes;
  readonly #holders = new Map<Buffer, number>();

  constructor(limits: ByteLimits) {
    this.#held = new HeldBytes(limits);
  }

  get bytes() {
    return this.#held.bytes;
  }

  hasRoom(caller: string, body: Buffer): boolean {
    return this.#holders.has(body) || this.#held.hasRoom(caller, body.length);
  }

  /** Counts the bytes until the response is over. */
  hold(response: ServerResponse, caller: string, body: Buffer) {
    const holders = this.#holders.get(body) ?? 0;
    if (holders === 0) this.#held.add(caller, body.length);
    this.#holders.set(body, holders + 1);
    response.once('close', () => this.#release(caller, body));
  }

  #release(caller: string, body: Buffer) {
    const holders = (this.#holders.get(body) as number) - 1;
    if (holders > 0) return void this.#holders.set(body, holders);
    this.#holders.delete(body);
    this.#held.add(caller, -body.length);
  }
}
