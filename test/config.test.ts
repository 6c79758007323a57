import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';

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
    logLevel: 'info',
    shutdownTimeoutMs: 40_000,
    metrics: undefined,
    isTraced: false,
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
    LOG_LEVEL: 'loud',
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
      'LOG_LEVEL is "loud" and must be one of fatal, error, warn, info, debug, trace, silent',
      'SHUTDOWN_TIMEOUT is "2m" and must be a whole number from 1 to 3600; leave it out for 40',
      'METRICS is "yes" and must be on or off; leave it out for off',
      'OTEL_EXPORTER_OTLP_ENDPOINT must be the web address of a collector, such as http://127.0.0.1:4318; leave it out for no traces',
    ].join('\n'),
  );
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
