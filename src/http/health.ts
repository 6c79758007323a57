/**
 * Liveness and readiness. Ready means that this process can serve. The states of what it depends on are shown but do not
 * decide: they would fail on every replica at once. Anybody may ask, so no host is named.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BreakerState } from '../upstream/transport/breaker.ts';
import { sendJson } from './answer.ts';

export interface HealthSources {
  upstream: {
    /** Returns whether Astria answers at all. */
    reach(signal: AbortSignal): Promise<boolean>;
    health(): { breaker: BreakerState };
  };
  /** Throws if the ledger cannot be written. */
  ledger?: { check(): unknown; warnings: readonly string[] };
  isStopping(): boolean;
  /** Returns epoch milliseconds. */
  now(): number;
}

/** The shortest time between two checks of Astria and the ledger. */
const KEPT_MS = 5000;
const MAX_PROBE_MS = 2000;
/** The longest wait for a check. Probes time out after a second or two. */
const SOON_MS = 500;

/** Returns true if the request was answered. */
export function createHealth(sources: HealthSources) {
  const upstream = kept(sources.now, () => reaches(sources.upstream));
  const ledger = kept(sources.now, () => stateOf(sources.ledger));

  async function states() {
    const isReady = !sources.isStopping();
    const [reached, written] = await Promise.all([soon(upstream()), soon(ledger())]);
    const checks = {
      process: isReady ? 'serving' : 'stopping',
      upstream: reached,
      breaker: sources.upstream.health().breaker,
      ledger: written,
    };
    return { isReady, checks };
  }

  return ({ method, url }: IncomingMessage, response: ServerResponse): boolean => {
    if ((url !== '/healthz' && url !== '/readyz') || (method !== 'GET' && method !== 'HEAD')) {
      return false;
    }
    if (url === '/healthz') sendJson(response, 200, { status: 'alive' });
    else {
      void states().then(({ isReady, checks }) =>
        sendJson(response, isReady ? 200 : 503, {
          status: isReady ? 'ready' : 'not ready',
          checks,
        }),
      );
    }
    return true;
  };
}

async function reaches(upstream: HealthSources['upstream']): Promise<string> {
  const isReached = await upstream.reach(AbortSignal.timeout(MAX_PROBE_MS)).catch(() => false);
  return isReached ? 'reachable' : 'unreachable';
}

async function stateOf(ledger: HealthSources['ledger']): Promise<string> {
  if (!ledger) return 'none';
  try {
    await ledger.check();
    return ['writable', ...ledger.warnings].join('; ');
  } catch {
    return 'not writable';
  }
}

/** Limits the wait for a state that does not decide. */
const soon = (state: Promise<string>) =>
  Promise.race([state, sleep(SOON_MS, 'no answer yet', { ref: false })]);

/** Caches a state while it is fresh, and shares a check in progress. */
function kept(now: () => number, ask: () => Promise<string>): () => Promise<string> {
  let last: Promise<string> | undefined;
  let begunMs = 0;
  return () => {
    if (last && now() - begunMs < KEPT_MS) return last;
    begunMs = now();
    last = ask();
    return last;
  };
}
