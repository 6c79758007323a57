/** Whether the process is alive, and whether it should be sent requests. Open to anybody, so it names states and no hosts. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BreakerState } from '../upstream/breaker.ts';
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

interface Check {
  isOk: boolean;
  state: string;
}

/** However often somebody asks, Astria and the ledger are tried no more often than this. */
const KEPT_MS = 5000;
const MAX_PROBE_MS = 2000;

/** True where the request was one for here. */
export function createHealth(sources: HealthSources) {
  const upstream = kept(sources.now, () => reaches(sources.upstream));
  const ledger = kept(sources.now, () => isWritable(sources.ledger));

  async function ready(): Promise<Record<string, Check>> {
    const { breaker } = sources.upstream.health();
    const isStopping = sources.isStopping();
    return {
      upstream: await upstream(),
      // Half open it is tried with what comes, so something has to come.
      breaker: { isOk: breaker !== 'open', state: breaker },
      ledger: await ledger(),
      process: { isOk: !isStopping, state: isStopping ? 'stopping' : 'serving' },
    };
  }

  return ({ method, url }: IncomingMessage, response: ServerResponse): boolean => {
    if ((url !== '/healthz' && url !== '/readyz') || (method !== 'GET' && method !== 'HEAD')) {
      return false;
    }
    if (url === '/healthz') sendJson(response, 200, { status: 'alive' });
    else void ready().then((checks) => answerReady(response, checks));
    return true;
  };
}

function answerReady(response: ServerResponse, checks: Record<string, Check>) {
  const isReady = Object.values(checks).every(({ isOk }) => isOk);
  const states = Object.entries(checks).map(([name, { state }]) => [name, state]);
  sendJson(response, isReady ? 200 : 503, {
    status: isReady ? 'ready' : 'not ready',
    checks: Object.fromEntries(states),
  });
}

async function reaches(upstream: HealthSources['upstream']): Promise<Check> {
  const isReached = await upstream.reach(AbortSignal.timeout(MAX_PROBE_MS)).catch(() => false);
  return { isOk: isReached, state: isReached ? 'reachable' : 'unreachable' };
}

async function isWritable(ledger: HealthSources['ledger']): Promise<Check> {
  if (!ledger) return { isOk: true, state: 'none' };
  try {
    await ledger.check();
    return { isOk: true, state: ['writable', ...ledger.warnings].join('; ') };
  } catch {
    return { isOk: false, state: 'not writable' };
  }
}

/** The check that was begun last, while it is fresh: those who ask at the same time share it too. */
function kept(now: () => number, check: () => Promise<Check>): () => Promise<Check> {
  let last: Promise<Check> | undefined;
  let begunMs = 0;
  return () => {
    if (last && now() - begunMs < KEPT_MS) return last;
    begunMs = now();
    last = check();
    return last;
  };
}
