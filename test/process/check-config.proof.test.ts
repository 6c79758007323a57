/** `astria-graphql check-config`: what a start would say of the environment, and would make of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { SETTINGS } from '../../src/config.ts';
import { fileOf } from '../support/manifest.ts';
import { command, makeKey, start } from '../support/process.ts';

const check = (env: Record<string, string>) => command(['check-config'], { env });
const settingsIn = (stdout: string) =>
  Object.fromEntries(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/s, 2)),
  );

test('without an environment each setting has its default, and the emulator is named', async () => {
  const { stdout, stderr, code } = await check({});
  const settings = settingsIn(stdout);
  expect(Object.keys(settings)).toEqual(Object.keys(SETTINGS));
  expect(settings).toMatchObject({
    PORT: '4000',
    ASTRIA_BASE_URL: '',
    ASTRIA_AUTH_TOKEN: '',
    UPSTREAM_BREAKER: 'on',
    RATE_LIMIT: '',
    NEW_KEY_RATE_LIMIT: '30/minute',
    LEDGER_PATH: ':memory:',
    SHUTDOWN_DELAY: '5',
    METRICS: 'off',
    CORS_ORIGINS: '*',
    TRUSTED_DOCUMENTS: 'off',
    GRAPHIQL: 'on',
  });
  expect(stderr).toBe(
    'Warning: AN EMBEDDED EMULATOR, not Astria: set ASTRIA_AUTH_TOKEN for the real one\n',
  );
  expect(code).toBe(0);
});

test('what is set is printed as it was set, and no secret is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'check-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { entry } = await makeKey('read');
  const keys = join(folder, 'gateway_keys');
  const password = join(folder, 'redis_password');
  writeFileSync(keys, `[${entry}]`);
  writeFileSync(password, 'hunter2');
  const { stdout, stderr, code } = await check({
    ASTRIA_AUTH_TOKEN: 'sd_verysecret',
    CALLBACK_SECRET: 'c'.repeat(32),
    GATEWAY_KEYS: `@${keys}`,
    HOST: '0.0.0.0',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://me:hunter2@127.0.0.1:4318/hunter2?key=hunter2',
    PUBLIC_URL: 'https://graph.example',
    RATE_LIMIT: '100/minute',
    REDIS_PASSWORD_FILE: password,
    REDIS_URL: 'redis://me@127.0.0.1:6379/0?x=hunter2',
    SHUTDOWN_TIMEOUT: '20',
  });
  expect([stderr, code]).toEqual([
    'Warning: SHUTDOWN_TIMEOUT leaves a call to Astria less time than UPSTREAM_TIMEOUT_MS: at SIGTERM writes may be cut off, their outcome unknown\n',
    0,
  ]);
  expect(settingsIn(stdout)).toMatchObject({
    ASTRIA_AUTH_TOKEN: '(set, and not shown)',
    ASTRIA_BASE_URL: 'https://api.astria.ai',
    CALLBACK_SECRET: '(set, and not shown)',
    CORS_ORIGINS: '',
    GATEWAY_KEYS: 'web (read)',
    HOST: '0.0.0.0',
    LEDGER_PATH: '',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/…',
    RATE_LIMIT: '100/minute',
    REDIS_PASSWORD_FILE: password,
    REDIS_URL: 'redis://127.0.0.1:6379/…',
    SHUTDOWN_TIMEOUT: '20',
  });
  expect(stdout).not.toMatch(/hunter2|verysecret|ccc|sha256|gk_/);
  expect(stdout).not.toContain(JSON.parse(entry).hash.slice(7));
});

test('what it prints of settings that are no secrets is an environment that means the same', async () => {
  const { stdout } = await check({ PORT: '0', TRUSTED_PROXY: '10.0.0.0/8', GRAPHIQL: 'off' });
  expect(await check(settingsIn(stdout))).toMatchObject({ stdout, code: 0 });
});

test.each([
  ['a setting', { PORT: 'x', LOG_LEVEL: 'loud', ASTRIA_AUTH_TOKEN: 'verysecret' }],
  ['two that do not go together', { ASTRIA_AUTH_TOKEN: 'sd_x', HOST: '0.0.0.0' }],
  ['a file that is not there', { GATEWAY_KEYS: '@/nowhere', ASTRIA_AUTH_TOKEN_FILE: '/nowhere' }],
  ['a trusted document', { TRUSTED_DOCUMENTS: 'only', TRUSTED_DOCUMENTS_PATH: 'a manifest' }],
])('of a fault in %s it says what the start says', async (_, given) => {
  const file = fileOf({ x: '{ tunes { nodes { titel } } }' });
  const env = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, value === 'a manifest' ? file : value]),
  );
  const { stdout, stderr, code } = await check(env);
  expect(stderr).toMatch(/^The environment has faults:\n[A-Z_]+/);
  expect(stderr).not.toContain('verysecret');
  expect([stdout, code]).toEqual(['', 1]);
  expect(await text(start(env).stderr)).toBe(stderr);
});
