/** Astria says that something is done: a wake-up, and never data. It is unsigned, may come twice or never, and in three shapes. */
import type { CallbackOutcome } from '../observe/watch.ts';
import type { Place } from '../scope.ts';
import { jsonIn } from '../upstream/json.ts';
import { CallbackAddresses } from './callback-address.ts';
import type { CallbackConfig } from './callback-settings.ts';
import type { JobKind } from './job.ts';
import type { Watcher } from './watcher.ts';

type Wake = ReadonlyMap<JobKind, ReadonlySet<number>>;

export class Callbacks {
  readonly #addresses: CallbackAddresses;
  /** By the names of their keys. */
  readonly #watchers = new Map<string, Set<Watcher>>();
  readonly #onCallback: (outcome: CallbackOutcome) => void;

  constructor(config: CallbackConfig, onCallback: (outcome: CallbackOutcome) => void) {
    this.#addresses = new CallbackAddresses(config);
    this.#onCallback = onCallback;
  }

  addressFor(token: string | undefined, place: Place): string | undefined {
    return token && this.#addresses.addressFor(token, place);
  }

  /** Whoever may be told: answers what to do with the body; undefined where the address is nobody's. */
  at(path: string): ((body: Buffer) => void) | undefined {
    const owner = this.#addresses.ownerAt(path);
    if (owner !== undefined) return (body) => this.#wake(owner, body);
    this.#onCallback('refused');
    return undefined;
  }

  add(token: string | undefined, watcher: Watcher) {
    for (const owner of token ? this.#addresses.ownersOf(token) : []) {
      const watchers = this.#watchers.get(owner) ?? new Set();
      this.#watchers.set(owner, watchers.add(watcher));
    }
  }

  remove(token: string | undefined, watcher: Watcher) {
    for (const owner of token ? this.#addresses.ownersOf(token) : []) {
      const watchers = this.#watchers.get(owner);
      watchers?.delete(watcher);
      if (watchers?.size === 0) this.#watchers.delete(owner);
    }
  }

  #wake(owner: string, body: Buffer) {
    const wake = idsIn(body);
    if (!wake) return this.#onCallback('unreadable');
    let woken = 0;
    for (const watcher of this.#watchers.get(owner) ?? []) {
      for (const [kind, ids] of wake) woken += watcher.wake(kind, ids);
    }
    // Who is not waited for by anybody is forgotten: who comes later looks by himself.
    this.#onCallback(woken > 0 ? 'woken' : 'forgotten');
  }
}

/** `{ tune }`, `{ prompt }`, or a bare array of prompts. Undefined where it is none of them. */
function idsIn(body: Buffer): Wake | undefined {
  const value = jsonIn(body);
  if (Array.isArray(value)) return new Map([['Prompt', idsOf(value)]]);
  if (typeof value !== 'object' || value === null) return undefined;
  const { prompt, tune } = value as { prompt?: unknown; tune?: unknown };
  if (prompt) return new Map([['Prompt', idsOf([prompt])]]);
  return tune ? new Map([['Tune', idsOf([tune])]]) : undefined;
}

const idsOf = (rows: readonly unknown[]) =>
  new Set(
    rows.flatMap((row) => {
      const { id } = (row ?? {}) as { id?: unknown };
      return Number.isSafeInteger(id) ? [id as number] : [];
    }),
  );
