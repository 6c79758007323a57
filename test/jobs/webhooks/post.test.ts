/** Where messages are posted, and where they are not. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { faultOfAddress } from '../../../src/auth/webhook-addresses.ts';
import { createPost } from '../../../src/jobs/webhooks/post.ts';
import { SECRET, startReceiver } from './support.ts';

const UNUSABLE = 'is no address of a receiver';
const PRIVATE = 'is in a private network';

test.each([
  ['127.0.0.1', PRIVATE],
  ['127.255.0.9', PRIVATE],
  ['10.1.2.3', PRIVATE],
  ['172.16.0.1', PRIVATE],
  ['172.31.255.255', PRIVATE],
  ['172.32.0.1', undefined],
  ['192.168.1.1', PRIVATE],
  ['100.64.0.1', PRIVATE],
  ['100.128.0.1', undefined],
  ['::1', PRIVATE],
  ['fc00::1', PRIVATE],
  ['::ffff:10.0.0.1', PRIVATE],
  ['::ffff:7f00:1', PRIVATE],
  ['::ffff:8.8.8.8', undefined],
  ['8.8.8.8', undefined],
  ['2606:4700::1111', undefined],
  ['0.0.0.0', UNUSABLE],
  ['::', UNUSABLE],
  ['169.254.169.254', UNUSABLE],
  ['::ffff:169.254.169.254', UNUSABLE],
  ['100.100.100.200', UNUSABLE],
  ['::ffff:100.100.100.200', UNUSABLE],
  ['168.63.129.16', UNUSABLE],
  ['fd00:ec2::254', UNUSABLE],
  ['fd20:ce::254', UNUSABLE],
  ['fd00:c1::a9fe:a9fe', UNUSABLE],
  ['fd00:42::42', UNUSABLE],
  ['fe80::1', UNUSABLE],
  ['fe80::1%eth0', UNUSABLE],
  ['fec0::1', UNUSABLE],
  ['224.0.0.1', UNUSABLE],
  ['255.255.255.255', UNUSABLE],
  ['240.0.0.1', UNUSABLE],
  ['198.18.0.1', UNUSABLE],
  ['203.0.113.5', UNUSABLE],
  ['ff02::1', UNUSABLE],
  ['64:ff9b::7f00:1', UNUSABLE],
  ['::7f00:1', UNUSABLE],
  ['2002:7f00:1::', UNUSABLE],
  ['2001:0:7f00:1::', UNUSABLE],
  ['2001:db8::1', UNUSABLE],
])('%s: %s', (address, fault) => {
  const rules = { allowsPrivate: false, isSecure: true };
  if (fault === undefined) expect(faultOfAddress(address, rules)).toBeUndefined();
  else expect(faultOfAddress(address, rules)).toContain(fault);
  const privateFault = faultOfAddress(address, { allowsPrivate: true, isSecure: false });
  if (fault === PRIVATE) expect(privateFault).toBeUndefined();
  else expect(privateFault).toContain(fault ?? 'is public, which needs https');
});

const letter = { id: 'msg_1', body: '{}' };
const to = (url: string) => ({ url, secretFile: '', secrets: [SECRET] });
const resolving =
  (...addresses: string[]): NonNullable<Parameters<typeof createPost>[0]['resolve']> =>
  (_, __, callback) => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    callback(null, found);
  };
const post = (more: Partial<Parameters<typeof createPost>[0]> = {}) =>
  createPost({ allowsPrivate: true, now: Date.now, ...more });

test('a name is called at the address that was checked, and looked up anew for each message', async () => {
  const { port, received } = await startReceiver();
  let lookups = 0;
  const resolve = resolving('127.0.0.1');
  const send = post({
    resolve(...given) {
      lookups++;
      resolve(...given);
    },
  });
  for (let count = 0; count < 4; count++) {
    await send(to(`http://receiver.example:${port}/hook?a=b`), letter);
  }
  expect(lookups).toBe(4);
  const host = `receiver.example:${port}`;
  const called = received.map(({ path, headers }) => [path, headers.host]);
  expect(called).toEqual(Array.from({ length: 4 }, () => ['/hook?a=b', host]));
});

test('a name that is not resolved is looked up once, however many messages wait for it', async () => {
  const { port, received } = await startReceiver();
  const open: (() => void)[] = [];
  const send = post({
    timeoutMs: 100,
    resolve: (name, options, callback) =>
      void open.push(() => resolving('127.0.0.1')(name, options, callback)),
  });
  const sent = () => send(to(`http://receiver.example:${port}/`), letter);
  for (let count = 0; count < 2; count++) {
    const results = await Promise.allSettled([sent(), sent(), sent()]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  }
  expect(open).toHaveLength(1);
  expect(received).toEqual([]);
  open[0]?.();
  await expect(sent()).rejects.toThrow('no answer came');
  expect(open).toHaveLength(2);
});

test.each([
  ['a name of this machine', 'https://localhost', undefined, '127.0.0.1 is in a private network'],
  ['an address', 'https://127.0.0.1', undefined, '127.0.0.1 is in a private network'],
  ['a number', 'https://2130706433', undefined, '127.0.0.1 is in a private network'],
  ['an address in IPv6', 'https://[::ffff:7f00:1]', undefined, '::ffff:7f00:1 is in a private'],
  [
    'one of two addresses',
    'https://a.example',
    ['8.8.8.8', '10.0.0.1'],
    '10.0.0.1 is in a private',
  ],
  ['credentials of machines', 'https://a.example', ['169.254.169.254'], 'is no address of a'],
])('%s is not called unless private networks are allowed', async (_, origin, addresses, fault) => {
  const { port, received } = await startReceiver();
  const resolve = addresses && resolving(...addresses);
  const send = post({ allowsPrivate: false, ...(resolve && { resolve }) });
  await expect(send(to(`${origin}:${port}/`), letter)).rejects.toThrow(fault);
  expect(received).toEqual([]);
});

test('plain http stays within private networks', async () => {
  const send = post({ resolve: resolving('8.8.8.8') });
  await expect(send(to('http://a.example/'), letter)).rejects.toThrow(
    'is public, which needs https',
  );
});

test('a receiver that does not answer in time has not taken the message', async () => {
  const { url } = await startReceiver('silence');
  const send = post({ timeoutMs: 100 });
  await expect(send(to(url), letter)).rejects.toThrow('no answer came within 0.1 s');
});

test('an answer without an end counts by its status', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('x'.repeat(10_000)), 1);
    response.once('close', () => clearInterval(timer));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await expect.poll(() => server.listening).toBe(true);
  const { port } = server.address() as AddressInfo;
  await post()(to(`http://127.0.0.1:${port}/`), letter);
});

test('nobody there is told as that', async () => {
  const send = post({ resolve: resolving('127.0.0.1') });
  await expect(send(to('http://a.example:1/'), letter)).rejects.toThrow('ECONNREFUSED');
});
