/** Secrets in files, and what happens when they are rotated. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { watchSecretFiles } from '../../src/auth/secret-files.ts';
import { readConfig } from '../../src/config.ts';
import { openEvents } from '../jobs/sse.ts';
import { startGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { bearer, gatewayKeys, secretOf, UNKNOWN_COSTS } from '../support/gateway-keys.ts';

const TUNES = '{ tunes { nodes { title } } }';

function inFolder(name: string, content: string) {
  const folder = mkdtempSync(join(tmpdir(), 'secret-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return { folder, path };
}

/** A gateway that looks at its files all the time. */
async function startWatching(options: TestGatewayOptions) {
  const gateway = await startGateway(options);
  const { config, callers, log } = gateway.deps;
  onTestFinished(watchSecretFiles(config, { callers, log, everyMs: 10 }));
  const ask = async (headers: Record<string, string> = {}) => {
    const { errors } = await gateway.run(TUNES, {}, headers);
    return errors?.[0]?.extensions?.code ?? 'OK';
  };
  const keysAtAstria = () =>
    gateway.emulator.requests.map(({ headers: { authorization } }) => authorization);
  return { ...gateway, ask, keysAtAstria };
}

test('a gateway key that is added counts, and one that is taken out does not, without a restart', async () => {
  const { path } = inFolder('keys.json', gatewayKeys({ name: 'web' }));
  const { ask, logged } = await startWatching({ environment: { GATEWAY_KEYS: `@${path}` } });
  expect([await ask(bearer('web')), await ask(bearer('jobs'))]).toEqual(['OK', 'UNAUTHENTICATED']);
  writeFileSync(path, gatewayKeys({ name: 'jobs' }));
  await expect.poll(() => ask(bearer('jobs'))).toBe('OK');
  expect(await ask(bearer('web'))).toBe('UNAUTHENTICATED');
  await expect
    .poll(() => logged.join())
    .toContain('GATEWAY_KEYS has changed, and the new content of its file is used from now on');
});

test('a mounted secret is a link that leads elsewhere: that is seen too', async () => {
  const { folder, path } = inFolder('..data', '');
  rmSync(path);
  for (const [version, name] of [
    ['v1', 'web'],
    ['v2', 'jobs'],
  ] as const) {
    mkdirSync(join(folder, version));
    writeFileSync(join(folder, version, 'keys'), gatewayKeys({ name }));
  }
  symlinkSync('v1', path);
  symlinkSync('..data/keys', join(folder, 'keys'));
  const { ask } = await startWatching({
    environment: { GATEWAY_KEYS: `@${join(folder, 'keys')}` },
  });
  expect(await ask(bearer('web'))).toBe('OK');
  symlinkSync('v2', join(folder, '..next'));
  renameSync(join(folder, '..next'), path);
  await expect.poll(() => ask(bearer('jobs'))).toBe('OK');
});

const [ENTRY] = JSON.parse(gatewayKeys({ name: 'web' })) as [{ hash: string }];
test.each([
  ['half a file', gatewayKeys({ name: 'jobs' }).slice(0, -5), 'GATEWAY_KEYS is no JSON'],
  ['no key at all', '[]', 'GATEWAY_KEYS must hold one key at least'],
  [
    'another role',
    JSON.stringify([{ ...ENTRY, role: 'admin' }]),
    'GATEWAY_KEYS.0.role must be read or write',
  ],
  [
    'a secret for a hash',
    JSON.stringify([{ ...ENTRY, hash: secretOf('jobs') }]),
    'GATEWAY_KEYS.0.hash must be sha256:',
  ],
  ['nothing, being gone', undefined, 'GATEWAY_KEYS names a file that cannot be read (ENOENT)'],
])(
  'a file with %s leaves the keys of before, and says why without a secret',
  async (_, content, fault) => {
    const { path } = inFolder('keys.json', gatewayKeys({ name: 'web' }));
    const { ask, logged } = await startWatching({ environment: { GATEWAY_KEYS: `@${path}` } });
    if (content === undefined) rmSync(path);
    else writeFileSync(path, content);
    await expect.poll(() => logged.join()).toContain(fault);
    expect(await ask(bearer('web'))).toBe('OK');
    const lines = logged.filter((line) => line.includes('"level":50'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('GATEWAY_KEYS has faults, and what its file held before counts on');
    for (const secret of [secretOf('jobs'), ENTRY.hash.slice(7)])
      expect(lines[0]).not.toContain(secret);
    writeFileSync(path, gatewayKeys({ name: 'jobs' }));
    await expect.poll(() => ask(bearer('jobs'))).toBe('OK');
  },
);

test.each([
  ['of callers with keys', { GATEWAY_KEYS: gatewayKeys({ name: 'web' }) }, bearer('web')],
  ['of all on this machine', {}, {}],
])('the key of Astria in a file, %s, is another once the file is', async (_, more, headers) => {
  const { path } = inFolder('token', 'sd_old\n');
  const environment = { ASTRIA_AUTH_TOKEN_FILE: path, ...more };
  const { ask, keysAtAstria, logged } = await startWatching({ token: '', environment });
  expect(await ask(headers)).toBe('OK');
  writeFileSync(path, 'sd_new');
  await expect
    .poll(async () => [await ask(headers), keysAtAstria().at(-1)])
    .toEqual(['OK', 'Bearer sd_new']);
  expect(keysAtAstria()[0]).toBe('Bearer sd_old');
  writeFileSync(path, 'Bearer sd_newest');
  await expect
    .poll(() => logged.join())
    .toContain('ASTRIA_AUTH_TOKEN_FILE must name a file that holds nothing but');
  expect(await ask(headers)).toBe('OK');
  expect(keysAtAstria().at(-1)).toBe('Bearer sd_new');
  expect(logged.join()).not.toContain('sd_new');
});

test('a file for Astria’s key is as good as the variable, and both are one too many', () => {
  const { path, folder } = inFolder('token', 'sd_held\n');
  const environment = { NODE_ENV: 'production', ASTRIA_AUTH_TOKEN_FILE: path };
  expect(readConfig(environment)).toMatchObject({
    baseUrl: 'https://api.astria.ai',
    credential: { token: 'sd_held' },
  });
  expect(() => readConfig({ ...environment, HOST: '0.0.0.0' })).toThrow(
    'HOST is "0.0.0.0" and is more',
  );
  expect(() => readConfig({ ...environment, ASTRIA_AUTH_TOKEN: 'sd_other' })).toThrow(
    /^ASTRIA_AUTH_TOKEN_FILE must not be set together with ASTRIA_AUTH_TOKEN: leave one of them out$/,
  );
  expect(() => readConfig({ ASTRIA_AUTH_TOKEN_FILE: folder })).toThrow(
    /^ASTRIA_AUTH_TOKEN_FILE names a file that cannot be read \(EISDIR\): it must hold the secret/,
  );
});

test('a gateway key that is taken out ends its streams, and others come back', async () => {
  const both = gatewayKeys({ name: 'web' }, { name: 'jobs' });
  const { path } = inFolder('keys.json', both);
  const gateway = await startGateway({ environment: { GATEWAY_KEYS: `@${path}` } });
  const { account, clock, url } = gateway;
  const { config, callers, log, jobs } = gateway.deps;
  const onChange = () => jobs.keysChanged();
  onTestFinished(watchSecretFiles(config, { callers, log, onChange, everyMs: 10 }));
  account.addPrompt({ id: 7, created_at: new Date(clock.now()).toISOString() });
  const subscribe = (name: string) =>
    openEvents(url, { query: 'subscription { prompt(id: 7) { isDone } }' }, bearer(name));
  const streams = await Promise.all([subscribe('web'), subscribe('jobs')]);
  await expect.poll(() => streams.map(({ told }) => told.length)).toEqual([1, 1]);
  writeFileSync(path, gatewayKeys({ name: 'jobs' }));
  await expect.poll(async () => (await subscribe('web')).response.status).toBe(401);
  clock.advance(2000);
  await Promise.all(streams.map(({ ended }) => ended));
  // Without `complete`: the sign to come back.
  expect(streams.map(({ told }) => told.map(({ event }) => event))).toEqual([['next'], ['next']]);
  const again = await subscribe('jobs');
  await expect.poll(() => again.told.map(({ event }) => event)).toEqual(['next']);
  again.leave();
});

test('a budget that comes with the file counts, where it can be kept to', async () => {
  const bounded = gatewayKeys({ name: 'web', budget: { day: '0.01' } });
  const create =
    'mutation { createPrompt(input: { tuneId: 1504944, text: "x" }) { prompt { id } } }';
  const startWith = async (environment: Record<string, string>) => {
    const { path } = inFolder('keys.json', gatewayKeys({ name: 'web' }));
    const gateway = await startWatching({
      environment: { GATEWAY_KEYS: `@${path}`, ...environment },
    });
    writeFileSync(path, bounded);
    return gateway;
  };
  const kept = await startWith(UNKNOWN_COSTS);
  const refusal = async () => (await kept.run(create, {}, bearer('web'))).errors?.[0]?.extensions;
  await expect.poll(refusal).toMatchObject({ limit: { name: 'budgetDay' } });
  const unkept = await startWith({});
  await expect.poll(() => unkept.logged.join()).toContain('GATEWAY_KEYS has faults');
  expect(unkept.logged.join()).toContain('BUDGET_UNKNOWN_IMAGE');
  expect((await unkept.run(create, {}, bearer('web'))).errors).toBeUndefined();
});
