/** Astria says that something is done: a wake-up, and never data. It is unsigned, may come twice or never, and in three shapes. */
import * as z from 'zod';
import type { CallbackOutcome } from '../observe/watch.ts';
import type { Place } from '../scope.ts';
import { jsonIn } from '../upstream/json.ts';
import { CallbackAddresses } from './callback-address.ts';
import type { CallbackConfig } from './callback-settings.ts';
import type { JobKind } from './job.ts';
import type { Watcher } from './watcher.ts';

type Wake = ReadonlyMap<JobKind, ReadonlySet<number>>;

interface CallbacksOptions {
  onCallback(outcome: CallbackOutcome): void;
  /** Undefined where each process is alone. */
  tellOthers?: ((text: string) => void) | undefined;
}

export class Callbacks {
  readonly #addresses: CallbackAddresses;
  /** By the names of their keys. */
  readonly #watchers = new Map<string, Set<Watcher>>();
  readonly #options: CallbacksOptions;

  constructor(config: CallbackConfig, options: CallbacksOptions) {
    this.#addresses = new CallbackAddresses(config);
    this.#options = options;
  }

  addressFor(token: string | undefined, place: Place): string | undefined {
    return token && this.#addresses.addressFor(token, place);
  }

  /** Whoever may be told: answers what to do with the body; undefined where the address is nobody's. */
  at(path: string): ((body: Buffer) => void) | undefined {
    const owner = this.#addresses.ownerAt(path);
    if (owner !== undefined) return (body) => this.#wake(owner, body);
    this.#options.onCallback('refused');
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

  /** Another process was called back. */
  hear(text: string) {
    const { success, data } = Passed.safeParse(jsonIn(Buffer.from(text)));
    if (success) this.#wakeHere(data.owner, new Map([[data.kind, new Set(data.ids)]]));
  }

  #wake(owner: string, body: Buffer) {
    const { onCallback, tellOthers } = this.#options;
    const wake = idsIn(body);
    if (!wake) return onCallback('unreadable');
    for (const [kind, ids] of wake) {
      const passed: z.infer<typeof Passed> = { owner, kind, ids: [...ids] };
      tellOthers?.(JSON.stringify(passed));
    }
    if (this.#wakeHere(owner, wake) > 0) return onCallback('woken');
    // What is not waited for by anybody is forgotten: who comes later looks by himself.
    onCallback(tellOthers ? 'passed' : 'forgotten');
  }

  #wakeHere(owner: string, wake: Wake): number {
    let woken = 0;
    for (const watcher of this.#watchers.get(owner) ?? []) {
      for (const [kind, ids] of wake) woken += watcher.wake(kind, ids);
    }
    return woken;
  }
}

/** What processes tell each other of a callback. */
const Passed = z.object({
  owner: z.string(),
  kind: z.enum(['Prompt', 'Tune']),
  ids: z.array(z.number()),
});

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
