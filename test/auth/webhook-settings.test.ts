/** The `webhook` of a gateway key: what it must be, and what is said otherwise. */
import { writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { watchSecretFiles } from '../../src/auth/secret-files.ts';
import { ConfigError, readConfig } from '../../src/config.ts';
import { OTHER_SECRET, SECRET, secretFile } from '../jobs/webhooks/support.ts';
import { startGateway } from '../support/gateway.ts';
import { bearer, gatewayKeys, type TestKey } from '../support/gateway-keys.ts';

const URL_WANTED =
  'GATEWAY_KEYS.0.webhook.url must be the https address of a receiver, such as https://shop.example/webhooks, without a fragment or a password; http needs WEBHOOK_PRIVATE_NETWORKS=on';
const SECRET_WANTED =
  'GATEWAY_KEYS.0.webhook.secretFile must name a file that holds whsec_ and 24 to 64 bytes in base64: echo "whsec_$(openssl rand -base64 32)" makes one; while it is changed two of them, the new one in the first line';
const url = 'https://shop.example/webhooks';

const environment = (webhook: object, more: Partial<TestKey> = {}) => ({
  ASTRIA_AUTH_TOKEN: 'sd_held',
  GATEWAY_KEYS: gatewayKeys({ name: 'web', webhook: webhook as TestKey['webhook'], ...more }),
});

test('a webhook has an address and the secrets of a file', () => {
  const path = secretFile(`${OTHER_SECRET}\n${SECRET}`);
  const { gatewayKeys: keys } = readConfig(environment({ url, secretFile: path }));
  expect(keys[0]?.webhook).toEqual({ url, secretFile: path, secrets: [OTHER_SECRET, SECRET] });
});

test.each<[string, () => object, string]>([
  [
    'no secret',
    () => ({ url }),
    'GATEWAY_KEYS.0.webhook.secretFile must be the path of a file that holds the secret',
  ],
  [
    'another property',
    () => ({ url, secretFile: secretFile(), secret: SECRET }),
    'GATEWAY_KEYS.0.webhook must be',
  ],
  ['no address', () => ({ url: 'shop.example', secretFile: secretFile() }), URL_WANTED],
  [
    'a password',
    () => ({ url: 'https://a:b@shop.example/', secretFile: secretFile() }),
    URL_WANTED,
  ],
  ['a fragment', () => ({ url: `${url}#a`, secretFile: secretFile() }), URL_WANTED],
  ['another scheme', () => ({ url: 'ftp://shop.example/', secretFile: secretFile() }), URL_WANTED],
  [
    'a file that is not there',
    () => ({ url, secretFile: '/nowhere/secret' }),
    'GATEWAY_KEYS.0.webhook.secretFile names a file that cannot be read (ENOENT): it must hold the secret',
  ],
  ['a short secret', () => ({ url, secretFile: secretFile('whsec_MTIzNDU2') }), SECRET_WANTED],
  ['another secret', () => ({ url, secretFile: secretFile('a'.repeat(40)) }), SECRET_WANTED],
  [
    'three secrets',
    () => ({ url, secretFile: secretFile(`${SECRET}\n${SECRET}\n${SECRET}`) }),
    SECRET_WANTED,
  ],
  [
    'plain http',
    () => ({ url: 'http://shop.example/', secretFile: secretFile() }),
    'GATEWAY_KEYS holds a webhook for web that is http: use https, or set WEBHOOK_PRIVATE_NETWORKS=on for a receiver in a private network',
  ],
  [
    'an address of the inside',
    () => ({ url: 'https://10.0.0.1/', secretFile: secretFile() }),
    'GATEWAY_KEYS holds a webhook for web that leads nowhere: 10.0.0.1 is in a private network, which needs WEBHOOK_PRIVATE_NETWORKS=on',
  ],
])('with %s the gateway does not start, and says why', (_, webhook, fault) => {
  let said = '';
  try {
    readConfig(environment(webhook()));
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    said = (error as Error).message;
  }
  expect(said.slice(0, fault.length)).toBe(fault);
  expect(said).not.toContain(SECRET);
});

test('a key that reads only makes nothing to tell of', () => {
  const given = environment({ url, secretFile: secretFile() }, { role: 'read' });
  expect(() => readConfig(given)).toThrow(
    'GATEWAY_KEYS.0.webhook goes with the role write: a key that only reads makes nothing',
  );
});

test('a webhook needs a held key', () => {
  const { GATEWAY_KEYS } = environment({ url, secretFile: secretFile() });
  const given = { GATEWAY_KEYS, ASTRIA_BASE_URL: 'https://astria.example' };
  expect(() => readConfig(given)).toThrow('GATEWAY_KEYS is for callers that share a key of Astria');
});

test('with WEBHOOK_PRIVATE_NETWORKS=on a receiver may be inside, by http too, and not link-local', () => {
  const inside = (address: string) => ({
    ...environment({ url: address, secretFile: secretFile() }),
    WEBHOOK_PRIVATE_NETWORKS: 'on',
  });
  expect(readConfig(inside('http://10.0.0.1/')).gatewayKeys).toHaveLength(1);
  expect(readConfig(inside('http://orders:8080/')).gatewayKeys).toHaveLength(1);
  expect(() => readConfig(inside('http://8.8.8.8/'))).toThrow(
    '8.8.8.8 is public, which needs https',
  );
  expect(() => readConfig(inside('http://169.254.169.254/'))).toThrow(
    '169.254.169.254 is no address of a receiver',
  );
});

test('keys that are read again are checked again, and a broken webhook leaves those of before', async () => {
  const secret = secretFile();
  const keysFile = secretFile(gatewayKeys({ name: 'web', webhook: { url, secretFile: secret } }));
  const { deps, run, logged } = await startGateway({
    environment: { GATEWAY_KEYS: `@${keysFile}` },
  });
  const { config, callers, log } = deps;
  onTestFinished(watchSecretFiles(config, { callers, log, everyMs: 10 }));
  const webhook = { url: 'https://10.0.0.1/', secretFile: secret };
  writeFileSync(keysFile, gatewayKeys({ name: 'jobs', webhook }));
  await expect.poll(() => logged.join()).toContain('10.0.0.1 is in a private network');
  const { errors } = await run('{ tunes { nodes { id } } }', {}, bearer('web'));
  expect(errors).toBeUndefined();
  writeFileSync(keysFile, gatewayKeys({ name: 'jobs', webhook: { url, secretFile: secret } }));
  await expect.poll(() => [...callers.webhooks().keys()]).toEqual(['jobs']);
  expect(logged.join()).not.toContain(SECRET);
});
