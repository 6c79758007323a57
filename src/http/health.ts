/**
 * Whether the process is alive, and whether it should be sent requests: whether it can serve, not whether all that it depends
 * on does, which fails for every replica at once. The states of that stand beside it. Open to anybody, so no host is named.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BreakerState } from '../upstream/transport/breaker.ts';
import { sendJson } from './answer.ts';

export interface HealthSources {
  upstream: {
    /** Whether Astria answers at all. */
    reach(signal: AbortSignal): Promise<boolean>;
    health(): { breaker: BreakerState };
  };
  /** Fails where nothing can be written. */
  ledger?: { check(): unknown; warnings: readonly string[] };
  isStopping(): boolean;
  /** Epoch milliseconds. */
  now(): number;
}

/** However often somebody asks, Astria and the ledger are tried no more often than this. */
const KEPT_MS = 5000;
const MAX_PROBE_MS = 2000;
/** Probes wait for a second or two. */
const SOON_MS = 500;

/** True where the request was one for here. */
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

/** Whoever probes is not kept waiting for what does not decide. */
const soon = (state: Promise<string>) =>
  Promise.race([state, sleep(SOON_MS, 'no answer yet', { ref: false })]);

/** The state that was asked for last, while it is fresh: those who ask at the same time share it too. */
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
