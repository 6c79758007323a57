import { type Clock, wakeAt } from './clock.ts';
import type { Callback } from './store.ts';

export interface Callbacks {
  notify(callback: Callback): void;
  close(): void;
}

const TIMEOUT_MS = 10_000;

/** Sent once, unsigned, never retried, redirects not followed: whoever is not there has missed it. */
export function createCallbacks(
  clock: Clock,
  options: { allowRemote: boolean; contentType: () => string },
): Callbacks {
  const closing = new AbortController();
  const cancels = new Set<() => void>();
  const send = async ({ url, body }: Callback) => {
    const payload = body();
    if (payload === null) return;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': options.contentType() },
        body: JSON.stringify(payload),
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await response.body?.cancel();
    } catch {
      // As with Astria: nobody is told.
    }
  };
  return {
    notify(callback) {
      // An address given by a stranger must not make the emulator knock on other people's doors.
      if (!options.allowRemote && !isLoopback(callback.url)) return;
      if (!Number.isFinite(callback.at)) return;
      const cancel = wakeAt(clock, callback.at, () => {
        cancels.delete(cancel);
        void send(callback);
      });
      cancels.add(cancel);
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
