import { once } from 'node:events';
import type { ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type ExecutionResult, print } from 'graphql';
import type { Logger } from 'pino';
import { onTestFinished } from 'vitest';
import { createCallers } from '../../src/auth/callers.ts';
import { readConfig } from '../../src/config.ts';
import type { SeekTimes } from '../../src/context.ts';
import { type FrozenClock, frozenClock } from '../../src/emulator/clock.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/serve.ts';
import { LOAD_LIMITS, Load, type LoadLimits } from '../../src/http/load.ts';
import { createNewKeyLimit } from '../../src/http/new-key-limit.ts';
import { createRateLimits } from '../../src/http/rate-limits.ts';
import { serverOf } from '../../src/http/server-of.ts';
import type { SocketLimits } from '../../src/http/sockets/limits.ts';
import { UPLOAD_LIMITS, type UploadLimits } from '../../src/http/uploads/limits.ts';
import { Jobs } from '../../src/jobs/jobs.ts';
import { createLog } from '../../src/observe/log.ts';
import { type Observer, watchWith } from '../../src/observe/watch.ts';
import type { Ledger } from '../../src/paid/ledger/ledger.ts';
import { openLedger, openRedis } from '../../src/paid/ledger/open.ts';
import type { Deps } from '../../src/server.ts';
import { createGateway } from '../../src/server.ts';
import { createUpstream, type UpstreamOptions } from '../../src/upstream/client.ts';
import { countDrift } from '../../src/upstream/contract/drift.ts';
import { lateLedger } from './late-ledger.ts';

export const NOW = '2026-11-01T12:00:00.000Z';
const PUBLIC_URL = 'https://api.astria.ai';

type Json = Record<string, unknown>;

export interface TestGatewayOptions extends EmulatorOptions {
  /** The key that requests without one act as; the account of the test by default. */
  token?: string;
  environment?: Record<string, string>;
  timeoutMs?: number;
  upstream?: Partial<UpstreamOptions>;
  uploads?: Partial<UploadLimits>;
  maxBodyMs?: number;
  sockets?: Partial<SocketLimits>;
  load?: Partial<LoadLimits>;
  /** One that outlives the gateway; else it has its own. */
  ledger?: Ledger;
  /** One look by default, before the answer. */
  seekTimes?: SeekTimes;
  /** Of another gateway: this one is a second one before the same Astria. */
  emulator?: Emulator;
  clock?: FrozenClock;
  /** Another Astria than the emulator. */
  baseUrl?: string;
  /** The gateway's own clock; the emulator's by default. */
  now?: () => number;
  /** Node's own settings of the server, such as its timeouts. */
  server?: ServerOptions;
  /** The number by which its streams and polls are spread out; 0 by default. */
  random?: number;
  /** Those who watch; nobody by default. */
  watchers?: (log: Logger) => Observer[];
  shutdown?: Deps['shutdown'];
  /** Whether the gateway serves the emulator's pictures, as it does those of an embedded one. */
  hasOwnMedia?: boolean;
}

/** A gateway before an emulator of its own, both gone when the test is over. Time stands still at NOW. */
export async function startGateway(options: TestGatewayOptions = {}) {
  const { token = 'sd_test', environment, timeoutMs, uploads, baseUrl, now, ...rest } = options;
  const { hasOwnMedia = false } = options;
  const clock = options.clock ?? frozenClock(NOW);
  const emulator =
    options.emulator ??
    (await startEmulator({
      publicUrl: hasOwnMedia ? '' : PUBLIC_URL,
      seed: false,
      ...rest,
      clock,
    }));
  const drift = countDrift(() => {});
  const logged: string[] = [];
  const log = createLog('trace', { write: (line) => void logged.push(line) });
  const watch = watchWith(options.watchers?.(log) ?? []);
  const config = readConfig({
    ASTRIA_BASE_URL: emulator.url,
    ASTRIA_AUTH_TOKEN: token,
    ...environment,
  });
  const callers = createCallers(config, { now: now ?? clock.now });
  const upstream = createUpstream({
    baseUrl: baseUrl ?? emulator.url,
    timeoutMs,
    // A fault that was asked for is to be seen.
    retries: 0,
    commonOwner: callers.commonOwner,
    drift,
    now: clock.now,
    // Time stands still for both: in a test they differ where one of them is set.
    steady: clock.now,
    onCall: watch?.onCall,
    ...options.upstream,
  });
  const redis = await openRedis(config, { onNews: watch?.onRedis });
  // One that the test has given is the test's to close.
  const own = options.ledger
    ? undefined
    : lateLedger(() => openLedger({ ...config, ledgerPath: ':memory:' }, redis, upstream.clock));
  const load = new Load({ ...LOAD_LIMITS, ...options.load });
  const given = {
    config,
    load,
    redis,
    upstream,
    callers,
    ledger: options.ledger ?? (own as Ledger),
    seekTimes: options.seekTimes ?? { gapsMs: [0], withinMs: 0, leastMs: 2000 },
    log,
    watch,
    shutdown: options.shutdown,
    media: hasOwnMedia ? emulator : undefined,
    rateLimits: config.rateLimit && createRateLimits(config.rateLimit, { redis, log }),
    spendAsNew: createNewKeyLimit(config.newKeyRateLimit, 1),
    now: now ?? clock.now,
  };
  const deps = {
    ...given,
    jobs: new Jobs(given, { ...clock, now: given.now, random: () => options.random ?? 0 }),
  };
  const gateway = createGateway(deps, {
    uploads: { ...UPLOAD_LIMITS, ...uploads },
    maxBodyMs: options.maxBodyMs,
    sockets: options.sockets ?? {},
  });
  const server = serverOf(gateway, options.server).listen(0, '127.0.0.1');
  server.on('connection', load.connections.add);
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(async () => {
    deps.jobs.stop();
    load.connections.cutOff();
    server.close();
    await upstream.close();
    await emulator.close();
    await own?.close();
    redis?.disconnect();
  });

  async function run<Data = Json, Variables = Json>(
    operation: string | TypedDocumentNode<Data, Variables>,
    variables?: Variables,
    headers: Record<string, string> = {},
  ): Promise<ExecutionResult<Data>> {
    const query = typeof operation === 'string' ? operation : print(operation);
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as ExecutionResult<Data>;
  }

  return {
    run,
    url: `${origin}/graphql`,
    /** As the global one, of `/graphql`. */
    fetch: (path: string, init?: RequestInit) => fetch(new URL(path, origin), init),
    deps,
    sockets: gateway.sockets,
    emulator,
    account: emulator.account(token),
    clock,
    drift: drift.counts,
    /** What was logged, as JSON lines. */
    logged,
    /** What has reached the emulator so far: `GET /tunes?limit=21`. */
    requests: () =>
      emulator.requests.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`),
  };
}
