import { expect, test } from 'vitest';
import { LedgerFailed } from '../../src/paid/ledger/ledger.ts';
import { startGateway } from '../support/gateway.ts';

test('alive, to anybody, without a call', async () => {
  const { fetch, requests } = await startGateway({ token: '' });
  const response = await fetch('/healthz');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toEqual({ status: 'alive' });
  expect(requests()).toEqual([]);
});

test('ready, and Astria reachable while it answers anything at all', async () => {
  const { fetch, emulator, deps } = await startGateway({ token: '' });
  emulator.fail({ status: 401, times: 5 });
  // It is open before a gateway listens.
  await deps.ledger.check();
  const response = await fetch('/readyz');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    status: 'ready',
    checks: { upstream: 'reachable', breaker: 'closed', ledger: 'writable', process: 'serving' },
  });
});

test('the gateway is ready if Astria is unreachable, and says so without naming a host', async () => {
  const { fetch, deps } = await startGateway({ baseUrl: 'http://127.0.0.1:9' });
  await deps.ledger.check();
  const response = await fetch('/readyz');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    status: 'ready',
    checks: { upstream: 'unreachable', breaker: 'closed', ledger: 'writable', process: 'serving' },
  });
});

test('the gateway is ready if the ledger cannot be written or does not answer', async () => {
  const { fetch, deps, clock } = await startGateway();
  deps.ledger.check = () => Promise.reject(new LedgerFailed('the disk is full'));
  const failed = await fetch('/readyz');
  expect([failed.status, await failed.json()]).toMatchObject([
    200,
    { status: 'ready', checks: { ledger: 'not writable' } },
  ]);
  clock.advance(5000);
  deps.ledger.check = () => new Promise(() => {});
  const silent = await fetch('/readyz');
  expect([silent.status, await silent.json()]).toMatchObject([
    200,
    { status: 'ready', checks: { ledger: 'no answer yet' } },
  ]);
});

test('many probes within some seconds make one call', async () => {
  const { fetch, requests, clock } = await startGateway();
  await Promise.all(Array.from({ length: 20 }, () => fetch('/readyz')));
  expect(requests()).toHaveLength(1);
  clock.advance(4999);
  await fetch('/readyz');
  expect(requests()).toHaveLength(1);
  clock.advance(1);
  await fetch('/readyz');
  expect(requests()).toHaveLength(2);
});

test('not ready once the process is stopping, but alive', async () => {
  const { fetch } = await startGateway({ shutdown: { isStopping: true } });
  const response = await fetch('/readyz');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ checks: { process: 'stopping' } });
  expect((await fetch('/healthz')).status).toBe(200);
});

test('a HEAD is answered without a body, a POST is none of these', async () => {
  const { fetch } = await startGateway();
  const head = await fetch('/healthz', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect((await fetch('/healthz', { method: 'POST' })).status).toBe(404);
});
