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

/** Sent once, unsigned, never retried, redirects not followed: whoever is not there has missed it. */
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
      // As with Astria: nobody is told.
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
      // An address given by a stranger must not make the emulator knock on other people's doors.
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
