import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PLAIN_ORIGIN, plainUrlTest } from '../../../src/upstream/contract/plain-url.ts';
import { url } from '../../../src/upstream/wire.ts';

test('an address that is taken as it stands is one that zod takes as it stands', () => {
  const isPlain = plainUrlTest();
  const tails = fc.string({ unit: 'binary' });
  const addresses = fc.tuple(fc.stringMatching(PLAIN_ORIGIN), fc.oneof(tails, fc.webPath()));
  fc.assert(
    fc.property(addresses, ([origin, tail]) => {
      const address = origin + tail;
      if (isPlain(address)) expect(url.safeParse(address).data).toBe(address);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ...['https://a.example/', 'http://b.a-1.example:8080/x y?z#é\u0000/', 'http://localhost:4000/1'],
  ...['http://127.0.0.1:4000/images/1.png', 'https://1.a/', `https://${'a'.repeat(300)}.example/`],
])('%j is taken as it stands', (address) => {
  expect(plainUrlTest()(address)).toBe(true);
  expect(url.safeParse(address).data).toBe(address);
});

test.each([
  ...[
    'https://a.example',
    'https://a.example/ ',
    'https://a.example/\n1',
    'https://a.example/\u00a0',
  ],
  ...['https://127.0.0.2/', 'https://a.1/', 'https://a.0x1/', 'https://xn--a.a/', 'https://a..b/'],
  ...['https://a.example:65536/', 'https://a@b/', 'https:/a/', 'javascript:x', 'HTTPS://a/', ''],
])('%j is for zod to say, whatever came before', (address) => {
  const isPlain = plainUrlTest();
  expect(isPlain(address)).toBe(false);
  expect(isPlain('https://a.example/1')).toBe(true);
  expect(isPlain(address)).toBe(false);
});
