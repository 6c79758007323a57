/** Refusals that a client gets to see though it listens only when it has sent all. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const FORM = '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n';

test.each([
  ['too long', 'application/json', 413, 5_000_000],
  ['of a stranger', 'application/json', 401, 5_000_000],
  ['too long', 'multipart/form-data; boundary=x', 413, 5_000_000],
  ['too long', 'application/json', 413, 9_000_000],
])(
  'who sends all of a body %s and listens then gets to see why: %s',
  async (_, type, status, length) => {
    const { url } = await startGateway(status === 401 ? { token: '' } : {});
    const socket = connect(Number(new URL(url).port), '127.0.0.1').pause();
    const start = type === 'application/json' ? '' : FORM;
    const body = start + ' '.repeat(length - start.length);
    const authorization = status === 401 ? 'Authorization: Basic x\r\n' : '';
    const failed: unknown[] = [];
    socket.on('error', (error) => failed.push(error));
    await new Promise((resolve) =>
      socket.write(
        `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n${authorization}Apollo-Require-Preflight: 1\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n${body}`,
        resolve,
      ),
    );
    await sleep(50);
    const answer = (await socket.toArray()).join('');
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toHaveProperty('errors');
    expect(failed).toEqual([]);
  },
);
