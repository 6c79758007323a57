/** What processes share in Redis: who of them looks, and what they tell each other. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';

const ROOT = '{astria-jobs}';
/** Whoever has a lease keeps it; one that nobody has goes to who asks. Answers who has them. */
const LEASE = `
local holders = {}
for i, key in ipairs(KEYS) do
  local holder = redis.call('GET', key)
  if not holder or holder == ARGV[1] then
    holder = ARGV[1]
    redis.call('SET', key, holder, 'PX', ARGV[2])
  end
  holders[i] = holder
end
return holders`;
const FREE = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;
/** Redis does nothing else meanwhile. */
const LEASED_AT_ONCE = 1000;

type Listener = (message: Buffer) => void;

export class Bus {
  /** This process. */
  readonly me = randomUUID();
  readonly #redis: Redis;
  readonly #subscriber: Redis;
  readonly #listeners = new Map<string, Listener>();

  /** `onChange`: messages come from now on, or do not. */
  constructor(redis: Redis, onChange: (isUp: boolean) => void) {
    this.#redis = redis;
    this.#subscriber = redis.duplicate({ autoResubscribe: false });
    this.#subscriber
      // Whoever sends a command is told.
      .on('error', () => {})
      .on('close', () => onChange(false))
      .on('ready', () => void this.#subscribeAll().then(onChange))
      .on('messageBuffer', (channel: Buffer, message: Buffer) =>
        this.#listeners.get(channel.toString())?.(message),
      );
    // It goes on trying by itself.
    this.#subscriber.connect().catch(() => {});
  }

  /** Which of these are this process's, until the time is up. */
  async lease(names: readonly string[], forMs: number): Promise<boolean[]> {
    await this.#mustHear();
    const holders: boolean[] = [];
    for (let start = 0; start < names.length; start += LEASED_AT_ONCE) {
      const keys = names.slice(start, start + LEASED_AT_ONCE).map(keyOf);
      const found = await this.#redis.eval(LEASE, keys.length, ...keys, this.me, forMs);
      holders.push(...(found as string[]).map((holder) => holder === this.me));
    }
    return holders;
  }

  async free(name: string) {
    await this.#redis.eval(FREE, 1, keyOf(name), this.me);
  }

  async publish(name: string, message: string | Buffer) {
    await this.#redis.publish(keyOf(name), message);
  }

  async listen(name: string, listener: Listener) {
    this.#listeners.set(keyOf(name), listener);
    await this.#subscriber.subscribe(keyOf(name));
  }

  async leave(name: string) {
    this.#listeners.delete(keyOf(name));
    await this.#subscriber.unsubscribe(keyOf(name));
  }

  close() {
    this.#subscriber.disconnect();
  }

  /** A connection may be gone without a word: nothing else is sent by it that would tell. */
  async #mustHear() {
    try {
      await this.#subscriber.ping();
    } catch (error) {
      if (this.#subscriber.status === 'ready') this.#subscriber.disconnect(true);
      throw error;
    }
  }

  async #subscribeAll() {
    const channels = [...this.#listeners.keys()];
    if (channels.length === 0) return true;
    return this.#subscriber.subscribe(...channels).then(
      () => true,
      () => false,
    );
  }
}

const keyOf = (name: string) => `${ROOT}:${name}`;
