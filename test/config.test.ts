import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

test('nothing set means the embedded emulator, as its demo account', () => {
  expect(readConfig({})).toEqual({
    port: 4000,
    host: '127.0.0.1',
    baseUrl: undefined,
    credential: { token: 'sd_demo', workspaceId: undefined },
    geminiTuneId: 3618064,
    seedreamTuneId: 3691308,
    upstreamTimeoutMs: 35_000,
    upstreamRetries: 2,
    hasBreaker: true,
    servesMcp: false,
    rateLimit: undefined,
    newKeyRateLimit: { max: 30, seconds: 60 },
    maxUpstreamCalls: 80,
    isCompressed: true,
    maxStreams: 10_000,
    maxStreamsPerCaller: 100,
    callbacks: undefined,
    trust: 'off',
    servesSubgraph: false,
    trustedDocuments: [],
    ledgerPath: ':memory:',
    redisUrl: undefined,
    redisPassword: undefined,
    logLevel: 'info',
    keepAliveTimeoutMs: 65_000,
    shutdownDelayMs: 5000,
    shutdownTimeoutMs: 55_000,
    metrics: undefined,
    isTraced: false,
    gatewayKeys: [],
    jwt: undefined,
    allowsCallerKeys: false,
    corsOrigins: '*',
    introspection: true,
    graphiql: true,
    trustedProxy: undefined,
    hasPrivateWebhooks: false,
    secretFiles: { gatewayKeys: undefined, authToken: undefined },
  });
});

test('a key alone means the real Astria', () => {
  const { baseUrl, credential } = readConfig({ ASTRIA_AUTH_TOKEN: 'sd_abc', WORKSPACE_ID: '679' });
  expect(baseUrl).toBe('https://api.astria.ai');
  expect(credential).toEqual({ token: 'sd_abc', workspaceId: '679' });
});

test('an address alone means that each request brings its own key', () => {
  const { baseUrl, credential } = readConfig({ ASTRIA_BASE_URL: 'http://127.0.0.1:4001' });
  expect(baseUrl).toBe('http://127.0.0.1:4001');
  expect(credential.token).toBeUndefined();
});

test('before a real Astria the ledger is a file', () => {
  expect(readConfig({ ASTRIA_AUTH_TOKEN: 'sd_a' }).ledgerPath).toBe('ledger.sqlite');
});

test('the address of a Redis may hold a password, and is not repeated', () => {
  expect(() => readConfig({ REDIS_URL: 'http://:hunter2@a' })).toThrow(
    /^REDIS_URL must be the address of a Redis, such as redis:\/\/localhost:6379$/,
  );
});

test.each([
  [{ SHUTDOWN_DELAY: '55' }, 'SHUTDOWN_DELAY is "55" and must be less than SHUTDOWN_TIMEOUT'],
  [{ SHUTDOWN_TIMEOUT: '5' }, 'SHUTDOWN_DELAY must be less than SHUTDOWN_TIMEOUT'],
])('%j leaves no time to answer what is under way', (environment, fault) => {
  expect(() => readConfig(environment)).toThrow(fault);
});

test('an empty value counts as none', () => {
  expect(readConfig({ PORT: '', ASTRIA_AUTH_TOKEN: ' ' })).toEqual(readConfig({}));
});

test('all problems are listed at once, with the value, its fault and the remedy', () => {
  const environment = {
    PORT: 'abc',
    ASTRIA_BASE_URL: 'api.astria.ai',
    WORKSPACE_ID: 'mine',
    GEMINI_TUNE_ID: '0',
    UPSTREAM_TIMEOUT_MS: '35s',
    UPSTREAM_RETRIES: '11',
    UPSTREAM_BREAKER: 'yes',
    RATE_LIMIT: '100 a day',
    MAX_UPSTREAM_CALLS: '0',
    LOG_LEVEL: 'loud',
    KEEP_ALIVE_TIMEOUT: '0',
    SHUTDOWN_DELAY: '-1',
    SHUTDOWN_TIMEOUT: '2m',
    METRICS: 'yes',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318',
  };
  expect(() => readConfig(environment)).toThrow(
    [
      'PORT is "abc" and must be a whole number from 0 to 65535; leave it out for 4000',
      'ASTRIA_BASE_URL must be a web address such as https://api.astria.ai, without a query, a fragment or a password',
      'WORKSPACE_ID is "mine" and must be the number of a workspace, or all; leave it out for the personal scope',
      'GEMINI_TUNE_ID is "0" and must be a whole number from 1 to 9007199254740991; leave it out for 3618064',
      'UPSTREAM_TIMEOUT_MS is "35s" and must be a whole number from 100 to 600000; leave it out for 35000',
      'UPSTREAM_RETRIES is "11" and must be a whole number from 0 to 10; leave it out for 2',
      'UPSTREAM_BREAKER is "yes" and must be on or off; leave it out for on',
      'RATE_LIMIT is "100 a day" and must be how much may be asked, such as 100/minute, 10/s or 1000/h; leave it out for no limit',
      'MAX_UPSTREAM_CALLS is "0" and must be a whole number from 1 to 10000; leave it out for 80',
      'LOG_LEVEL is "loud" and must be one of fatal, error, warn, info, debug, trace, silent',
      'KEEP_ALIVE_TIMEOUT is "0" and must be a whole number from 1 to 600; leave it out for 65',
      'SHUTDOWN_DELAY is "-1" and must be a whole number from 0 to 600; leave it out for 5',
      'SHUTDOWN_TIMEOUT is "2m" and must be a whole number from 1 to 3600; leave it out for 55',
      'METRICS is "yes" and must be on or off; leave it out for off',
      'OTEL_EXPORTER_OTLP_ENDPOINT must be the web address of a collector, such as http://127.0.0.1:4318; leave it out for no traces',
    ].join('\n'),
  );
});

const HASH = `sha256:${'ab'.repeat(32)}`;
const KEY = { name: 'web', hash: HASH, role: 'read' };
const UNKNOWN_COSTS = {
  BUDGET_UNKNOWN_IMAGE: '0.10',
  BUDGET_UNKNOWN_VIDEO: '5',
  BUDGET_UNKNOWN_TUNE: '2',
};
const HELD = { ASTRIA_AUTH_TOKEN: 'sd_a' };

test.each<[string, Record<string, string>, string]>([
  [
    'no JSON',
    { GATEWAY_KEYS: '[{' },
    'GATEWAY_KEYS is no JSON: it must be a JSON array, or @ and the path of a file with one',
  ],
  [
    'no file',
    { GATEWAY_KEYS: '@/nowhere' },
    'GATEWAY_KEYS names a file that cannot be read (ENOENT): it must be a JSON array, or @ and the path of a file with one',
  ],
  [
    'no list',
    { GATEWAY_KEYS: '{}' },
    'GATEWAY_KEYS must be a JSON array of objects, or @ and the path of a file that holds one',
  ],
  [
    'none',
    { GATEWAY_KEYS: '[]' },
    'GATEWAY_KEYS must hold one key at least; leave it out for none',
  ],
  [
    'a secret for a hash',
    { GATEWAY_KEYS: keys({ hash: 'gk_hunter2' }) },
    'GATEWAY_KEYS.0.hash must be sha256: and 64 hex digits; astria-graphql key makes one',
  ],
  [
    'a short hash',
    { GATEWAY_KEYS: keys({ hash: 'sha256:abcd' }) },
    'GATEWAY_KEYS.0.hash must be sha256: and 64 hex digits; astria-graphql key makes one',
  ],
  [
    'another role',
    { GATEWAY_KEYS: keys({ role: 'admin' }) },
    'GATEWAY_KEYS.0.role must be read or write',
  ],
  [
    'a workspace that is none',
    { GATEWAY_KEYS: keys({ workspaces: ['mine'] }) },
    'GATEWAY_KEYS.0.workspaces.0 must be the number of a workspace, personal, or all',
  ],
  [
    'no workspace',
    { GATEWAY_KEYS: keys({ workspaces: [] }) },
    'GATEWAY_KEYS.0.workspaces must name one at least',
  ],
  [
    'a property too many',
    { GATEWAY_KEYS: keys({ workspace: '12' }) },
    'GATEWAY_KEYS.0 has properties that are not known (workspace): there are name, hash, role, workspaces, documents, budget, webhook',
  ],
  [
    'an empty budget',
    { GATEWAY_KEYS: keys({ budget: {} }) },
    'GATEWAY_KEYS.0.budget must be such as { "day": "5.00", "month": "100.00" }, in US dollars, with one of the two at least',
  ],
  [
    'a budget that is a number',
    { GATEWAY_KEYS: keys({ budget: { day: 5 } }) },
    'GATEWAY_KEYS.0.budget.day must be an amount of US dollars with 5 decimals at most, such as 0.25',
  ],
  [
    'a budget, and nothing is set for what nobody can estimate',
    { ...HELD, GATEWAY_KEYS: keys({ budget: { day: '5' } }), BUDGET_UNKNOWN_IMAGE: '1' },
    ['BUDGET_UNKNOWN_VIDEO', 'BUDGET_UNKNOWN_TUNE']
      .map(
        (name) =>
          `${name} must be set if there is a budget: it is the amount in US dollars that is reserved for what cannot be estimated`,
      )
      .join('\n'),
  ],
  [
    'a budget without a held key',
    { ASTRIA_BASE_URL: 'https://a.example', BUDGET_DAY: '5.00' },
    'BUDGET_DAY is "5.00" and limits the spending of a held key, but there is none: set ASTRIA_AUTH_TOKEN, or leave it out',
  ],
  [
    'a budget of the emulator',
    { BUDGET_MONTH: '5.00' },
    'BUDGET_MONTH is "5.00" and limits the spending of a held key, but there is none: set ASTRIA_AUTH_TOKEN, or leave it out',
  ],
  [
    'an amount that is none',
    { ...HELD, ...UNKNOWN_COSTS, BUDGET_DAY: '5 USD' },
    'BUDGET_DAY is "5 USD" and must be an amount of US dollars with 5 decimals at most, such as 0.25',
  ],
  [
    'the same name',
    { GATEWAY_KEYS: keys({}, { hash: HASH.replace('ab', 'cd') }) },
    'GATEWAY_KEYS.1.name must be unique: web is used above',
  ],
  [
    'the same hash',
    { GATEWAY_KEYS: keys({}, { name: 'jobs', hash: HASH.toUpperCase().replace('SHA', 'sha') }) },
    'GATEWAY_KEYS.1.hash must be unique: the same hash is used above',
  ],
  [
    'a name that is taken',
    { GATEWAY_KEYS: keys({ name: 'local' }) },
    'GATEWAY_KEYS.0.name must be another: local means callers without a key',
  ],
  [
    'half an issuer',
    { ...HELD, JWT_ISSUER: 'x' },
    'JWT_JWKS_URL must be set too: JWT_JWKS_URL, JWT_ISSUER, JWT_AUDIENCE go together\nJWT_AUDIENCE must be set too: JWT_JWKS_URL, JWT_ISSUER, JWT_AUDIENCE go together',
  ],
  [
    'keys by plain http',
    { ...HELD, JWT_JWKS_URL: 'http://a.example/', JWT_ISSUER: 'x', JWT_AUDIENCE: 'x' },
    'JWT_JWKS_URL is "http://a.example/" and must be an https address, as your issuer names it in its jwks_uri',
  ],
  [
    'an open door',
    { ...HELD, HOST: '0.0.0.0' },
    'HOST is "0.0.0.0" and is more than this machine, where anybody could spend the money of ASTRIA_AUTH_TOKEN: set GATEWAY_KEYS (astria-graphql key makes one) or JWT_JWKS_URL, or leave HOST out',
  ],
  [
    'an open window',
    { ...HELD, CORS_ORIGINS: '*' },
    'CORS_ORIGINS is "*" and would let the pages of any site spend the money of ASTRIA_AUTH_TOKEN: set GATEWAY_KEYS or JWT_JWKS_URL, or name the origins',
  ],
  [
    'keys for nothing',
    { ASTRIA_BASE_URL: 'https://a.example', GATEWAY_KEYS: keys({}) },
    'GATEWAY_KEYS is for callers that share a key of Astria, and there is none: set ASTRIA_AUTH_TOKEN, or leave it out, and each brings its own',
  ],
  [
    'an origin with a path',
    { CORS_ORIGINS: 'https://a.example/x' },
    'CORS_ORIGINS is "https://a.example/x" and must be * or origins such as https://app.example, with commas between; leave it out for the default',
  ],
  [
    'neither on nor off',
    { INTROSPECTION: 'no' },
    'INTROSPECTION is "no" and must be on or off; leave it out for on, or for off under TRUSTED_DOCUMENTS=only',
  ],
])('%s is told, and no secret with it', (_, environment, message) => {
  expect(() => readConfig(environment)).toThrow(new ConfigError(message));
});

function keys(...given: object[]) {
  return JSON.stringify(given.map((some) => ({ ...KEY, ...some })));
}

test.each(['0.0.0.0', '::', '10.0.0.1', 'gateway', '127.0.0.1.example', '128.0.0.1'])(
  'a held key without callers of its own is not for %s; with them it is',
  (HOST) => {
    expect(() => readConfig({ ...HELD, HOST })).toThrow(/^HOST is /);
    expect(readConfig({ ...HELD, HOST, GATEWAY_KEYS: keys({}) }).host).toBe(HOST);
    expect(readConfig({ ASTRIA_BASE_URL: 'https://api.astria.ai', HOST }).host).toBe(HOST);
  },
);

test.each(['127.0.0.1', '127.8.0.1', '::1', 'localhost'])('this machine is %s too', (HOST) => {
  expect(readConfig({ ...HELD, HOST }).host).toBe(HOST);
});

test('keys are read from a file, and numbers of workspaces as numbers too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'keys.json');
  writeFileSync(
    path,
    keys(
      { workspaces: [12, 'personal'] },
      { name: 'b', hash: HASH.replace('ab', 'cd'), workspaces: ['all'] },
    ),
  );
  const [web, all] = readConfig({ ...HELD, GATEWAY_KEYS: `@${path}` }).gatewayKeys;
  expect(web).toEqual({
    name: 'web',
    hash: Buffer.alloc(32, 0xab),
    role: 'read',
    workspaces: ['12', 'personal'],
  });
  expect(all?.workspaces).toBeUndefined();
});

test('a key of the wrong form is not repeated', () => {
  expect(() => readConfig({ ASTRIA_AUTH_TOKEN: 'hunter2' })).toThrow(/^ASTRIA_AUTH_TOKEN must be/);
});

test('the emulator is refused in production, whatever else is wrong', () => {
  expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(/ASTRIA_BASE_URL must be set/);
  expect(() => readConfig({ NODE_ENV: 'production', PORT: 'x' })).toThrow(
    /PORT.*\n.*ASTRIA_BASE_URL/,
  );
  expect(readConfig({ NODE_ENV: 'production', ASTRIA_AUTH_TOKEN: 'sd_a' }).port).toBe(4000);
});

test('metrics have a listener of their own, on loopback unless told otherwise', () => {
  expect(readConfig({ METRICS: 'on' }).metrics).toEqual({ host: '127.0.0.1', port: 9464 });
  const elsewhere = { METRICS: 'on', METRICS_HOST: '0.0.0.0', METRICS_PORT: '9100' };
  expect(readConfig(elsewhere).metrics).toEqual({ host: '0.0.0.0', port: 9100 });
});

const SECRET = 's'.repeat(32);

test('callbacks have an address and a secret, or two while it is changed', () => {
  const environment = { PUBLIC_URL: 'https://graph.example/astria/', CALLBACK_SECRET: SECRET };
  expect(readConfig(environment).callbacks).toEqual({
    publicUrl: 'https://graph.example/astria',
    secrets: [SECRET],
  });
  const both = `${'n'.repeat(40)},${SECRET}`;
  expect(readConfig({ ...environment, CALLBACK_SECRET: both }).callbacks?.secrets).toHaveLength(2);
  const file = join(mkdtempSync(join(tmpdir(), 'callback-secret-')), 'secret');
  writeFileSync(file, `${both}\n`);
  const fromFile = { PUBLIC_URL: environment.PUBLIC_URL, CALLBACK_SECRET_FILE: file };
  expect(readConfig(fromFile).callbacks?.secrets).toHaveLength(2);
  expect(() => readConfig({ ...environment, CALLBACK_SECRET_FILE: file })).toThrow(
    'CALLBACK_SECRET_FILE must be left out if CALLBACK_SECRET is set',
  );
});

test.each([
  [{ PUBLIC_URL: 'https://a.example' }, /^CALLBACK_SECRET must be set too: PUBLIC_URL and/],
  [{ CALLBACK_SECRET: SECRET }, /^PUBLIC_URL must be set too: PUBLIC_URL and CALLBACK_SECRET go/],
  [{ PUBLIC_URL: 'http://a.example', CALLBACK_SECRET: SECRET }, /^PUBLIC_URL is .* https address/],
  [{ PUBLIC_URL: 'https://a.example?x', CALLBACK_SECRET: SECRET }, /without a query/],
  [{ PUBLIC_URL: 'https://a.example', CALLBACK_SECRET: 'hunter2' }, /^CALLBACK_SECRET must be a s/],
])('%o is told by its name, and no secret with it', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(message);
  expect(() => readConfig(environment)).not.toThrow(/hunter2/);
});
