import { expect, test } from 'vitest';
import { errorForLog } from '../../src/observe/log-errors.ts';
import { AnsweredWithFailure, NoAnswer, OutOfContract } from '../../src/upstream/errors.ts';

const call = { method: 'POST', route: '/tunes' };

test('of an answer out of contract the shape is logged, and no value', () => {
  const text = JSON.stringify({
    id: 'hush',
    callback: 'https://a.example/?secret=hush',
    images: ['https://s3.example/1.png?X-Signature=hush', 'https://s3.example/2.png'],
    eta: null,
    user: { email: 'hush@a.example', isNew: true },
  });
  const logged = errorForLog(
    new OutOfContract(call, 'of another kind', { status: 200, body: Buffer.from(text) }),
  );
  expect(logged).toEqual({
    type: 'OutOfContract',
    message: 'POST /tunes answered out of contract: of another kind',
    stack: expect.stringContaining('log-errors.test.ts'),
    status: 200,
    body: {
      id: 'string',
      callback: 'string',
      images: ['string', '2 in all'],
      eta: 'null',
      user: { email: 'string', isNew: 'boolean' },
    },
  });
  expect(JSON.stringify(logged)).not.toContain('hush');
});

test.each([
  ['<html>hush</html>', 'markup, 17 characters'],
  ['[{"id": "hush', 'JSON, cut off, 13 characters'],
  ['hush', 'text, 4 characters'],
  ['', 'text, 0 characters'],
])('of %j only what it looks like', (text, shape) => {
  const body = Buffer.from(text);
  const error = new OutOfContract(call, 'of another kind', { status: 200, body });
  expect(errorForLog(error).body).toBe(shape);
});

test('of a failure that Astria answered with, the shape too', () => {
  const error = new AnsweredWithFailure(call, { status: 302, body: { url: 'hush' } });
  expect(errorForLog(error)).toMatchObject({ status: 302, body: { url: 'string' } });
});

test('causes are told, and nothing that somebody has put on an error', () => {
  const cause = Object.assign(new Error('other side closed'), {
    code: 'UND_ERR_SOCKET',
    headers: { authorization: 'Bearer hush' },
  });
  const logged = errorForLog(new NoAnswer(call, 'connection', { cause }));
  expect(logged.cause).toEqual({
    type: 'Error',
    message: 'other side closed',
    stack: expect.any(String),
    code: 'UND_ERR_SOCKET',
  });
  expect(JSON.stringify(logged)).not.toContain('hush');
});

test.each([
  ['key sd_AbC-1_x is bad', 'key sd_… is bad'],
  ['authorization: Bearer eyJh.bGci.x, more', 'authorization: Bearer …, more'],
  ['GET https://me:hush@a.example/x?y=hush failed', 'GET https://…@a.example/x?… failed'],
  ['is it? yes', 'is it? yes'],
])('%j is told without its secrets', (message, told) => {
  const logged = errorForLog(new Error(message));
  expect(logged.message).toBe(told);
  expect(logged.stack).toContain(told);
});

test('what is thrown need not be an error', () => {
  expect(errorForLog('sd_x')).toEqual({ type: 'string', message: 'sd_…', stack: undefined });
});

test('errors that are each other’s cause come to an end', () => {
  const error = new Error('a');
  error.cause = new Error('b', { cause: error });
  expect(JSON.stringify(errorForLog(error))).toContain('"b"');
});
