/** Three gateways on one Redis behind nginx, scaled down. In full: `npm run test:replicas`. */
import { expect, test } from 'vitest';
import { raceForTheLimit } from './replicas/limits.ts';
import {
  proveKeys,
  proveKills,
  proveMemory,
  proveThroughput,
  proveUploads,
} from './replicas/proofs.ts';

test('a key that reaches all gateways at once makes one object', async () => {
  expect(await proveKeys(20)).toEqual({ found: expect.any(Object), offences: [] });
});

test('the gateways count a rate limit together', async () => {
  expect(await raceForTheLimit(100)).toEqual({ limit: 100, let: 100, refused: 50 });
});

test('after kill -9 of a gateway nothing is paid twice, and streams go on at another one', async () => {
  const { offences, found } = await proveKills({ kills: 1, seed: 1 });
  expect(offences).toEqual([]);
  expect((found as { orders: number }).orders).toBeGreaterThan(5);
});

test('a paid write takes as much memory of Redis as operators are told to reckon with', async () => {
  expect(await proveMemory({ writes: 500 })).toEqual({ found: expect.any(Object), offences: [] });
});

test('neither gateways nor nginx hold what is uploaded', async () => {
  const { found } = await proveUploads({ files: 3, fileBytes: 20_000_000, aborts: 2 });
  // Files of 60 MB. How soon an abort is seen is for the full size: this machine may be busy.
  expect(found).toMatchObject({ uploadedMb: 60 });
  const { gatewayGrownMb, proxyGrownMb } = found as Record<string, number>;
  expect(Math.max(Number(gatewayGrownMb), Number(proxyGrownMb))).toBeLessThan(60);
});

test('calls to Astria and commands of Redis do not grow with the gateways', async () => {
  const size = { callers: 5, operations: 30, warmUp: 5, streams: 0 };
  expect((await proveThroughput({ ...size, isWeighed: false })).offences).toEqual([]);
});
