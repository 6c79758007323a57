/** A client that speaks HTTP by hand, and takes what it is answered when it likes. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

export function connectRaw(url: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).pause();
  let text = '';
  let isClosed = false;
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk;
  });
  socket
    .on('error', () => {})
    .on('close', () => {
      isClosed = true;
    });
  onTestFinished(() => void socket.destroy());
  return {
    socket,
    isClosed: () => isClosed,
    /** Of all answers that were taken so far. */
    statuses: () => Array.from(text.matchAll(/HTTP\/1\.1 (\d+)/g), ([, status]) => Number(status)),
    text: () => text,
    async takeSome() {
      socket.resume();
      await sleep(5);
      socket.pause();
    },
  };
}

export const getOf = (query: string, headers: Record<string, string> = {}) =>
  [
    `GET /graphql?query=${encodeURIComponent(query)} HTTP/1.1`,
    'Host: localhost',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');

export const postOf = (query: string) => {
  const body = JSON.stringify({ query });
  return `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
};
