import { hash } from 'node:crypto';

/** The most accounts that are kept. The oldest one is dropped, and asked for again when it is needed. */
const MAX_KNOWN = 10_000;

/**
 * Which account each of Astria's keys belongs to. Each is asked for once and kept for the life of the process, by a hash of the
 * key.
 */
export class Accounts {
  readonly #known = new Map<string, readonly string[]>();

  /** Returns what `ask` returned the first time for this key. A failed `ask` is repeated at the next call. */
  async of(token: string, ask: () => Promise<readonly string[]>): Promise<readonly string[]> {
    const key = hash('sha256', token);
    const known = this.#known.get(key);
    if (known) return known;
    const account = await ask();
    if (this.#known.size >= MAX_KNOWN) this.#known.delete(this.#known.keys().next().value ?? '');
    this.#known.set(key, account);
    return account;
  }
}
