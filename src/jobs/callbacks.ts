/**
 * Receives Astria's callbacks. A callback wakes a watcher, and nothing else in it is trusted: it is unsigned, may come twice or
 * never, and has three shapes.
 */
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
  /** Passes the callback to other processes. Undefined if there is no Redis. */
  tellOthers?: ((text: string) => void) | undefined;
}

export class Callbacks {
  readonly #addresses: CallbackAddresses;
  /** The watchers, by the names of their keys. */
  readonly #watchers = new Map<string, Set<Watcher>>();
  readonly #options: CallbacksOptions;

  constructor(config: CallbackConfig, options: CallbacksOptions) {
    this.#addresses = new CallbackAddresses(config);
    this.#options = options;
  }

  addressFor(token: string | undefined, place: Place): string | undefined {
    return token && this.#addresses.addressFor(token, place);
  }

  /** Returns what takes the body of a callback to this path. Undefined if we did not sign the address. */
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

  /** Takes a callback that another process received. */
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
    // Nobody waits for this job. A later subscriber reads it itself.
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

/** The message by which a callback is passed to other processes. */
const Passed = z.object({
  owner: z.string(),
  kind: z.enum(['Prompt', 'Tune']),
  ids: z.array(z.number()),
});

/** Reads the ids in `{ tune }`, `{ prompt }`, or a bare array of prompts. Returns undefined if it is none of them. */
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
