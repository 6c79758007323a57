import type { CallbackFaults } from './callback-faults.ts';
import { type Clock, wakeAt } from './clock.ts';
import type { Callback } from './store.ts';

export interface Callbacks {
  notify(callback: Callback): void;
  close(): void;
}

const TIMEOUT_MS = 10_000;

interface CallbackOptions {
  allowRemote: boolean;
  contentType(): string;
  faults: Pick<CallbackFaults, 'take'>;
}

/** Sends callbacks as Astria does: once, unsigned, without retries, and without following redirects. */
export function createCallbacks(clock: Clock, options: CallbackOptions): Callbacks {
  const closing = new AbortController();
  const cancels = new Set<() => void>();
  const at = (moment: number, run: () => void) => {
    const cancel = wakeAt(clock, moment, () => {
      cancels.delete(cancel);
      run();
    });
    cancels.add(cancel);
  };
  const send = async ({ url, body }: Callback, contentType: string) => {
    const payload = body();
    if (payload === null) return;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body: JSON.stringify(payload),
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await response.body?.cancel();
    } catch {
      // A failed callback is dropped silently, as at Astria.
    }
  };
  const meet = (callback: Callback) => {
    const fault = options.faults.take(callback.url) ?? {};
    const { copies = 1, delayMs = 0, contentType = options.contentType() } = fault;
    const sendAll = () => {
      for (let copy = 0; copy < copies; copy++) void send(callback, contentType);
    };
    if (delayMs > 0) at(clock.now() + delayMs, sendAll);
    else sendAll();
  };
  return {
    notify(callback) {
      // The address comes from a client, and must not make the emulator call other people's servers.
      if (!options.allowRemote && !isLoopback(callback.url)) return;
      if (Number.isFinite(callback.at)) at(callback.at, () => meet(callback));
    },
    close() {
      for (const cancel of cancels) cancel();
      closing.abort();
    },
  };
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
