import type { ServerResponse } from 'node:http';

export interface ByteLimits {
  bytes: number;
  bytesOfCaller: number;
}

/**
 * The bytes of answers that clients have not read, in total and by caller. An answer that several clients wait for counts once.
 */
export class HeldBytes {
  bytes = 0;
  readonly #limits: ByteLimits;
  readonly #ofCallers = new Map<string, number>();
  readonly #holders = new Map<Buffer, number>();

  constructor(limits: ByteLimits) {
    this.#limits = limits;
  }

  hasRoom(caller: string, body: Buffer): boolean {
    if (this.#holders.has(body)) return true;
    const { bytes, bytesOfCaller } = this.#limits;
    const ofCaller = this.#ofCallers.get(caller) ?? 0;
    return this.bytes + body.length <= bytes && ofCaller + body.length <= bytesOfCaller;
  }

  /** Counts the bytes until the response is over. */
  hold(response: ServerResponse, caller: string, body: Buffer) {
    const holders = this.#holders.get(body) ?? 0;
    if (holders === 0) this.#add(caller, body.length);
    this.#holders.set(body, holders + 1);
    response.once('close', () => this.#release(caller, body));
  }

  #release(caller: string, body: Buffer) {
    const holders = (this.#holders.get(body) as number) - 1;
    if (holders > 0) return void this.#holders.set(body, holders);
    this.#holders.delete(body);
    this.#add(caller, -body.length);
  }

  #add(caller: string, bytes: number) {
    this.bytes += bytes;
    const ofCaller = (this.#ofCallers.get(caller) ?? 0) + bytes;
    if (ofCaller > 0) this.#ofCallers.set(caller, ofCaller);
    else this.#ofCallers.delete(caller);
  }
}
