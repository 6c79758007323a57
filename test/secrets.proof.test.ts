/** The short form of `npm run test:secrets`. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { withoutKeys } from '../src/observe/secrets.ts';
import { searchEverything } from './secrets/run.ts';
import { findSecrets } from './secrets/search.ts';

test('no secret stands in anything that is written, answered, or sent to Astria', async () => {
  const { runs, found } = await searchEverything({ isShort: true });
  expect(found).toEqual([]);
  expect(runs.map(({ name }) => name)).toEqual([
    'a held key, and keys of the gateway',
    'the emulator',
    'a bad environment',
  ]);
}, 60_000);

const secret = { name: 'it', value: 'sd_held_Zq7Kx9Vd2LwPm4TnB8s', isHashHidden: true };

test.each([
  ['plain', secret.value],
  ['in base64', Buffer.from(`Bearer ${secret.value} `).toString('base64')],
  ['in base64, one byte on', Buffer.from(`xBearer ${secret.value} `).toString('base64')],
  ['in base64url', Buffer.from(`xyBearer ${secret.value}>>`).toString('base64url')],
  ['in an address', [...secret.value].map((one) => `%${one.charCodeAt(0).toString(16)}`).join('')],
  ['as bytes', JSON.stringify(Buffer.from(secret.value))],
  ['by its hash', createHash('sha256').update(secret.value).digest('hex')],
])('a secret is found %s', (_, text) => {
  expect(findSecrets([secret], [{ where: 'here', text: `x${text}x` }])).not.toEqual([]);
});

test.each([
  ['with sd_held_1234 and gk_1234-5', 'with sd_… and gk_…'],
  ['must include sd_xl, and sd_', 'must include sd_xl, and sd_'],
  ['no file eyJfcmFpbHMiOnt9fQ==--9f2c1a of eyJfcmFpbHMiOnt9fQ--9f2c1a', 'no file eyJ… of eyJ…'],
  ['a token (eyJhbGciOiJ9.eyJzdWIiOiJ4In0.abc)', 'a token (eyJ…)'],
])('%j is repeated without keys', (text, told) => {
  expect(withoutKeys(text)).toBe(told);
});
