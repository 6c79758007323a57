import { hash } from 'node:crypto';

/** Beyond them the one that was learned first is asked for again. */
const MAX_KNOWN = 10_000;

/** Whose each of Astria's keys is: asked once, and remembered for as long as the process lives. It holds hashes of keys. */
export class Accounts {
  readonly #known = new Map<string, readonly string[]>();

  /** What `ask` answered first for this key; where it failed, it is asked again the next time. */
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
