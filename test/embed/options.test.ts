/** What is said of options that cannot be. */
import type { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { configOf } from '../../src/embed/options.ts';
import { ConfigError, createGateway, type GatewayOptions } from '../../src/embed.ts';
import { fileOf } from '../support/manifest.ts';

const faultsOf = (options: object) =>
  createGateway(options as GatewayOptions).then(
    () => 'none',
    (error) => {
      expect(error).toBeInstanceOf(ConfigError);
      return error.message.split('\n');
    },
  );

const BASE = 'http://127.0.0.1:9';
const KEY = { name: 'web', hash: `sha256:${'a'.repeat(64)}`, role: 'read' } as const;

test('plain values mean what the same settings mean in the environment', () => {
  expect(
    configOf({
      astriaAuthToken: 'sd_abc',
      workspaceId: 'all',
      upstreamTimeoutMs: 20_000,
      upstreamBreaker: false,
      rateLimit: '10/s',
      budgetDay: 5,
      budgetUnknownImage: '0.10',
      budgetUnknownVideo: '2.5',
      budgetUnknownTune: 3,
      corsOrigins: ['https://a.example', 'https://b.example'],
      gatewayKeys: [{ ...KEY, workspaces: [12, 'personal'], budget: { day: '1.00' } }],
      metrics: true,
      shutdownTimeout: 3,
      logLevel: undefined,
    }),
  ).toEqual(
    readConfig({
      ASTRIA_AUTH_TOKEN: 'sd_abc',
      WORKSPACE_ID: 'all',
      UPSTREAM_TIMEOUT_MS: '20000',
      UPSTREAM_BREAKER: 'off',
      RATE_LIMIT: '10/s',
      BUDGET_DAY: '5',
      BUDGET_UNKNOWN_IMAGE: '0.10',
      BUDGET_UNKNOWN_VIDEO: '2.5',
      BUDGET_UNKNOWN_TUNE: '3',
      CORS_ORIGINS: 'https://a.example,https://b.example',
      GATEWAY_KEYS: JSON.stringify([
        { ...KEY, workspaces: ['12', 'personal'], budget: { day: '1.00' } },
      ]),
      METRICS: 'on',
      SHUTDOWN_TIMEOUT: '3',
      SHUTDOWN_DELAY: '0',
    }),
  );
});

test('a fault of the settings is told by the name of the option', async () => {
  expect(
    await faultsOf({
      astriaBaseUrl: BASE,
      maxStreams: -1,
      upstreamTimeoutMs: Number.NaN,
      jwtIssuer: 'https://issuer.example',
      gatewayKeys: [{ name: 'web' }],
      budgetDay: '5.00',
    }),
  ).toEqual([
    'upstreamTimeoutMs is "NaN" and must be a whole number from 100 to 600000; leave it out for 35000',
    'maxStreams is "-1" and must be a whole number from 0 to 1000000; leave it out for 10000',
    'gatewayKeys.0.hash must be sha256: and 64 hex digits; astria-graphql key makes one',
    'gatewayKeys.0.role must be read or write',
    'jwtJwksUrl must be set too: jwtJwksUrl, jwtIssuer, jwtAudience go together',
    'jwtAudience must be set too: jwtJwksUrl, jwtIssuer, jwtAudience go together',
    'gatewayKeys is for callers that share a key of Astria, and there is none: set astriaAuthToken, or leave it out, and each brings its own',
    'budgetDay is "5.00" and limits the spending of a held key, but there is none: set astriaAuthToken, or leave it out',
  ]);
});

test('what is no option, or is for a process, or no value of any, is told', async () => {
  const unknown =
    'is no option: the options are the settings of docs/configuration.md in camelCase, and logger';
  const ofProcess =
    'is for the gateway as a process of its own, and your program decides it here: leave it out';
  const noValue =
    'must be a text, a number, true, false or a list with one entry at least; leave it out for the default';
  expect(
    await faultsOf({
      astriaBaseURL: BASE,
      ASTRIA_BASE_URL: BASE,
      port: 4000,
      otelExporterOtlpEndpoint: BASE,
      corsOrigins: [],
      rateLimit: { max: 3 },
      trustedProxy: null,
    }),
  ).toEqual([
    `astriaBaseURL ${unknown}`,
    `ASTRIA_BASE_URL ${unknown}`,
    `port ${ofProcess}`,
    `otelExporterOtlpEndpoint ${ofProcess}`,
    `corsOrigins ${noValue}`,
    `rateLimit ${noValue}`,
    `trustedProxy ${noValue}`,
  ]);
});

test('a logger without one of the methods is refused before it is called', async () => {
  const told =
    'logger must be an object with the methods debug, info, warn and error, such as pino or the console; leave it out for no log';
  const { warn: _, ...mute } = console;
  for (const logger of [{}, mute, console.log, 'console']) {
    expect(await faultsOf({ astriaBaseUrl: BASE, ledgerPath: ':memory:', logger })).toEqual([told]);
  }
});

test('it has no emulator of its own: who forgets the key is told so', async () => {
  const told =
    'astriaBaseUrl must be set, such as https://api.astria.ai, or astriaAuthToken; for tests it is the url of startEmulator()';
  expect(await faultsOf({})).toEqual([told]);
  expect(await faultsOf({ astriaAuthToken: '' })).toEqual([told]);
});

test('a held key needs callers, because anybody may reach the program', async () => {
  expect(await faultsOf({ astriaAuthToken: 'sd_secret' })).toEqual([
    'gatewayKeys must be set, or jwtJwksUrl: otherwise anybody who reaches your program could spend the money of astriaAuthToken; or set astriaBaseUrl alone, and each caller brings a key of Astria',
  ]);
});

test('a ledger or a Redis that cannot be opened is told by its option', async () => {
  expect(await faultsOf({ astriaBaseUrl: BASE, ledgerPath: '/nowhere/x' })).toEqual([
    'ledgerPath is "/nowhere/x" and cannot be written (unable to open database file): give a file in a folder that can be, on a disk that outlives this process; or a redisUrl',
  ]);
  const redisUrl = 'redis://no-such-host.invalid';
  expect((await faultsOf({ astriaBaseUrl: BASE, redisUrl }))[0]).toMatch(
    /^redisUrl leads to no Redis that can be used \(ENOTFOUND\): .* give its password in redisPasswordFile/,
  );
});

test('a trusted document with a fault is told by the option, and nothing is left open', async () => {
  const threads: Worker[] = [];
  const add = (thread: Worker) => void threads.push(thread);
  process.on('worker', add);
  onTestFinished(() => void process.off('worker', add));
  const path = fileOf({ a: '{ tune(id: 1) { titel } }' });
  const options = {
    astriaBaseUrl: BASE,
    ledgerPath: ':memory:',
    trustedDocuments: 'only',
    trustedDocumentsPath: [path],
  };
  expect(await faultsOf(options)).toEqual([
    `trustedDocumentsPath: ${path}: a document without a name (a): line 1, column 17: Cannot query field "titel" on type "Tune". Did you mean "title" or "token"?`,
  ]);
  // The ledger has one. It has no id when it has ended.
  expect(threads.map(({ threadId }) => threadId)).toEqual([-1]);
});
