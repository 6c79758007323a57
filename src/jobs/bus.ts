/** What processes share in Redis: leases, which say which of them polls, and messages. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';

const ROOT = '{astria-jobs}';
/** Takes each lease that nobody holds, and renews those of this process. Returns the holder of each. */
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
/** The most leases of one script. Redis is blocked while a script runs. */
const LEASED_AT_ONCE = 1000;

type Listener = (message: Buffer) => void;

export class Bus {
  /** The id of this process. */
  readonly me = randomUUID();
  readonly #redis: Redis;
  readonly #subscriber: Redis;
  readonly #listeners = new Map<string, Listener>();

  /** Calls `onChange` when messages begin to arrive, and when they no longer do. */
  constructor(redis: Redis, onChange: (isUp: boolean) => void) {
    this.#redis = redis;
    this.#subscriber = redis.duplicate({ autoResubscribe: false });
    this.#subscriber
      // The sender of a command gets its error.
      .on('error', () => {})
      .on('close', () => onChange(false))
      .on('ready', () => void this.#subscribeAll().then(onChange))
      .on('messageBuffer', (channel: Buffer, message: Buffer) =>
        this.#listeners.get(channel.toString())?.(message),
      );
    // ioredis reconnects by itself.
    this.#subscriber.connect().catch(() => {});
  }

  /** Asks for leases that last for `forMs`. Returns which of them this process holds. */
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

  /** Throws if the subscriber's connection is dead. It may be lost silently, because nothing else is sent on it. */
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
