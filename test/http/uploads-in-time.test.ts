/** Uploads over a socket: what happens when, and who waits for whom. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { begin, END, file, post } from '../support/multipart.ts';
import { CREATED, has, startBeforeSink, startDeaf, tuneOf, until } from '../support/uploads.ts';

test('a file goes on while the next is still to come', async () => {
  const { url, seen } = await startBeforeSink();
  const { outgoing, answer } = begin(url);
  for (const piece of tuneOf(2)) outgoing.write(piece);
  outgoing.write(file('0', Buffer.from('the first')));
  await until(() => seen.body.includes('the first'));
  expect(seen.isWhole).toBe(false);
  outgoing.end(Buffer.concat([file('1', Buffer.from('the second')), END]));
  expect(await answer).toEqual(CREATED);
  expect(seen.body).toContain('the second');
});

test('an invalid input is refused before any file is read', async () => {
  const gateway = await startGateway();
  const { outgoing, answer } = begin(gateway.url);
  for (const piece of tuneOf(1, { title: ' ' })) outgoing.write(piece);
  outgoing.write(file('0').subarray(0, 100));
  expect(await answer).toMatchObject({
    status: 200,
    errors: [{ extensions: { code: 'VALIDATION_FAILED', source: 'GATEWAY' } }],
  });
  outgoing.destroy();
  expect(gateway.requests()).toEqual([]);
});

test('a connection can be used again after files that nobody read', async () => {
  const url = (await startGateway()).url;
  const refused = [...tuneOf(1, { title: ' ' }), file('0', Buffer.alloc(3_000_000)), END];
  const answer = await post(url, refused);
  expect(answer.errors[0].extensions.code).toBe('VALIDATION_FAILED');
  expect(await post(url, [...tuneOf(1), file('0'), END])).toEqual(CREATED);
});

test('a client that leaves half-way takes the upstream request along', async () => {
  const { url, gateway, seen } = await startBeforeSink();
  const { outgoing } = begin(url);
  for (const piece of tuneOf(1)) outgoing.write(piece);
  outgoing.write(file('0', Buffer.alloc(500_000)).subarray(0, 400_000));
  await until(() => seen.body.length > 300_000);
  outgoing.destroy();
  await until(() => seen.brokeOffAt);
  expect(seen.isWhole).toBe(false);
  expect(gateway.logged).toEqual([]);
});

test('Astria has its whole time from when the body has been sent', async () => {
  const { url, seen } = await startBeforeSink(() => undefined, 200);
  const { outgoing, answer } = begin(url);
  for (const piece of tuneOf(1)) outgoing.write(piece);
  const whole = file('0', Buffer.from('slow'));
  outgoing.write(whole.subarray(0, -4));
  await sleep(500);
  expect(seen.brokeOffAt).toBe(0);
  outgoing.end(Buffer.concat([whole.subarray(-4), END]));
  await until(() => seen.isWhole);
  expect(await answer).toMatchObject({
    errors: [
      {
        message: has('Astria did not answer in time.'),
        extensions: { code: 'UPSTREAM_TIMEOUT', outcome: 'UNKNOWN' },
      },
    ],
  });
});

test('a body that did not reach Astria completely is NOT_DONE', async () => {
  const gateway = await startGateway({ baseUrl: 'http://127.0.0.1:9' });
  const answer = await post(gateway.url, [...tuneOf(1), file('0'), END]);
  expect(answer).toMatchObject({
    errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE', outcome: 'NOT_DONE' } }],
  });
});

test('a refusal before the end of the files reaches the client', async () => {
  const baseUrl = await startDeaf({ status: 422, body: { title: ['is taken'] } });
  const gateway = await startGateway({ baseUrl });
  const url = gateway.url;
  const answer = await post(url, [...tuneOf(1), file('0', Buffer.alloc(20_000_000)), END]);
  expect(answer).toMatchObject({
    errors: [
      {
        extensions: {
          code: 'VALIDATION_FAILED',
          source: 'ASTRIA',
          fieldErrors: [{ path: ['input', 'title'], message: 'is taken' }],
        },
      },
    ],
  });
});

test('an upload that Astria stops reading fails, and is NOT_DONE', async () => {
  const gateway = await startGateway({ baseUrl: await startDeaf(), timeoutMs: 200 });
  const url = gateway.url;
  const answer = await post(url, [...tuneOf(1), file('0', Buffer.alloc(20_000_000)), END]);
  expect(answer).toMatchObject({
    errors: [
      {
        message: has('nothing was done'),
        extensions: { code: 'UPSTREAM_TIMEOUT', outcome: 'NOT_DONE' },
      },
    ],
  });
});

test('without a key nothing is read, nor sent', async () => {
  const gateway = await startGateway({ token: '' });
  const answer = await post(gateway.url, [...tuneOf(1), file('0'), END]);
  expect(answer).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  expect(gateway.requests()).toEqual([]);
});
