import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PLAIN_URL } from '../../../src/upstream/contract/conditions.ts';
import { url } from '../../../src/upstream/wire.ts';

test('an address that is taken as it stands is one that zod takes as it stands', () => {
  fc.assert(
    fc.property(fc.stringMatching(PLAIN_URL), (address) => {
      expect(url.safeParse(address).data).toBe(address);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ...['https://a.example/', 'http://b.a-1.example:8080/x?z#y', 'http://localhost:4000/1'],
  ...['http://127.0.0.1:4000/images/1.png', 'https://1.a/', `https://${'a'.repeat(300)}.example/`],
])('%j is taken as it stands', (address) => {
  expect(PLAIN_URL.test(address)).toBe(true);
});

test.each([
  ...['https://a.example', 'https://a.example/ ', 'https://a.example/\n', 'https://a.example/\n1'],
  ...['https://a.example/\u00a0', 'https://a.example/é', 'https://a.example/x y'],
  ...['https://127.0.0.2/', 'https://a.1/', 'https://a.0x1/', 'https://xn--a.a/', 'https://a..b/'],
  ...['https://a.example:65536/', 'https://a@b/', 'https:/a/', 'javascript:x', 'HTTPS://a/', ''],
])('%j is for zod to say', (address) => {
  expect(PLAIN_URL.test(address)).toBe(false);
});
