/** WebSockets by hand: handshakes that are none, and what may come behind one. */
import type { Attack } from './raw.ts';
import { ATTACKER } from './target.ts';

type Request = Omit<Attack, 'name'>;

const HANDSHAKE = [
  ['Connection', 'Upgrade'],
  ['Upgrade', 'websocket'],
  ['Sec-WebSocket-Version', '13'],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
  ['Sec-WebSocket-Protocol', 'graphql-transport-ws'],
] as const;

const [TEXT, MASK] = [0x81, Buffer.alloc(4)];

/** The masked frame of a client. */
function frame(text: string | Buffer): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.alloc(10);
  head[0] = TEXT;
  head[1] = 0x80 | 127;
  head.writeBigUInt64BE(BigInt(payload.length), 2);
  const short = Buffer.from([TEXT, 0x80 | payload.length]);
  const middle = Buffer.from([TEXT, 0x80 | 126, payload.length >> 8, payload.length & 0xff]);
  const fitting = payload.length < 126 ? short : payload.length < 65_536 ? middle : head;
  return Buffer.concat([fitting, MASK, payload]);
}

const handshake = (changes: Partial<Request> = {}): Request => ({
  ...{ method: 'GET', target: '/graphql', headers: HANDSHAKE, body: '' },
  ...changes,
});

const INIT = JSON.stringify({
  type: 'connection_init',
  payload: { Authorization: `Bearer ${ATTACKER}` },
});
const subscribe = (query: string, id = 'a') =>
  JSON.stringify({ type: 'subscribe', id, payload: { query } });

/** It may go on for as long as its client does. */
const session = (...messages: (string | Buffer)[]): Request =>
  handshake({
    isBroken: true,
    body: frame(INIT),
    onceIn: Buffer.concat(messages.map((one) => frame(one))),
  });

const many = (count: number, message: (index: number) => string) =>
  session(...Array.from({ length: count }, (_, index) => message(index)));

export const SOCKET_ATTACKS: Record<string, Request> = {
  'a handshake by POST': handshake({ method: 'POST', isBroken: true }),
  'a handshake elsewhere': handshake({ target: '/' }),
  'a handshake for a path with a host': handshake({ target: '//evil.example/graphql' }),
  'a handshake with a body': handshake({
    headers: [...HANDSHAKE, ['Content-Length', '5']],
    isBroken: true,
  }),
  'a handshake of another version': handshake({
    headers: HANDSHAKE.map(([name, value]) => [name, value === '13' ? '99' : value] as const),
  }),
  'a handshake and then HTTP': handshake({
    isBroken: true,
    body: Buffer.from('GET /graphql?query={__typename} HTTP/1.1\r\nHost: x\r\n\r\n'),
  }),
  'a socket with a mutation': session(
    subscribe('mutation { deleteTune(input: { id: 5 }) { deletedId } }'),
  ),
  'a socket with a dear document': session(
    subscribe(
      `subscription { prompt(id: 1) { ${Array.from({ length: 900 }, (_, n) => `x${n}: cursor`).join(' ')} } }`,
    ),
  ),
  'a socket with fifty subscriptions': many(50, (index) =>
    subscribe('subscription { prompt(id: 99) { isDone } }', `a${index}`),
  ),
  'a socket with an id that is in use': many(2, () =>
    subscribe('subscription { prompt(id: 45042524) { isDone } }'),
  ),
  'a socket with ids of the prototype': many(3, (index) =>
    subscribe(
      'subscription { prompt(id: 99) { isDone } }',
      ['__proto__', 'constructor', 'toString'][index],
    ),
  ),
  'a socket with brackets': session(
    `{"type":"ping","payload":${'['.repeat(45_000)}${']'.repeat(45_000)}}`,
  ),
  'a socket with a long message': session('x'.repeat(200_000)),
  'a socket with many pings': many(1000, () => '{"type":"ping"}'),
  'a socket with no UTF-8': session(Buffer.from([0xc3, 0x28])),
};

/** What a socket said, of all that came, where it was let in. */
export function messagesIn(text: string): Record<string, unknown>[] {
  if (!text.startsWith('HTTP/1.1 101 ')) return [];
  const messages: Record<string, unknown>[] = [];
  const bytes = Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4), 'latin1');
  for (let at = 0; at + 2 <= bytes.length; ) {
    const short = (bytes[at + 1] as number) & 0x7f;
    const size = short === 126 ? 4 : short === 127 ? 10 : 2;
    const length = short === 126 ? bytes.readUInt16BE(at + 2) : short;
    const payload = bytes.subarray(at + size, at + size + length);
    if (bytes[at] === TEXT) messages.push(JSON.parse(String(payload)));
    at += size + length;
  }
  return messages;
}
