/** Secrets that a variable names the file of. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config.ts';

function written(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'file'), text);
  return join(folder, 'file');
}

test('the password of a Redis is what a file holds', () => {
  const environment = { REDIS_URL: 'redis://a', REDIS_PASSWORD_FILE: written('hunter2\n') };
  expect(readConfig(environment).redisPassword).toBe('hunter2');
});

test.each([
  [' \n', 'redis://a', 'names a file that is empty: it must hold the secret, and nothing else'],
  ['hunter2', undefined, 'goes with a REDIS_URL that holds no password itself'],
  ['hunter2', 'redis://:b@a', 'goes with a REDIS_URL that holds no password itself'],
])('a file with %j for the Redis at %s is refused', (text, REDIS_URL, fault) => {
  const environment = { REDIS_URL, REDIS_PASSWORD_FILE: written(text) };
  expect(() => readConfig(environment)).toThrow(`REDIS_PASSWORD_FILE ${fault}`);
});

test('a password in place of its file is not repeated', () => {
  const environment = { REDIS_URL: 'redis://a', REDIS_PASSWORD_FILE: 'hunter2' };
  expect(() => readConfig(environment)).toThrow(
    /^REDIS_PASSWORD_FILE names a file that cannot be read \(ENOENT\): it must hold the secret$/,
  );
});
