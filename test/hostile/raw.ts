/** HTTP by hand: what a client that keeps to the rules could not send, and what comes back, byte for byte. */
import { connect, type Socket } from 'node:net';

/** As it goes out, each character a byte. */
export interface Attack {
  name: string;
  method: string;
  target: string;
  headers: readonly (readonly [string, string])[];
  body: string | Buffer;
  /** It may be less than it says it is, or more: then no answer is an answer too. */
  isBroken?: boolean;
  /** Of a WebSocket: what is sent once it is let in. */
  onceIn?: Buffer;
}

export interface Answer {
  status: number;
  /** By their names in small letters. */
  headers: Map<string, string>;
  body: string;
}

export interface Outcome {
  /** Several, where an attack was taken for more than one request. */
  answers: Answer[];
  /** All that came. */
  text: string;
  isTimedOut: boolean;
}

/** Stands for a number that is another each time, so that nothing is answered from memory. */
export const NONCE = '@nonce@';
let sent = 0;

export function bytesOf({ method, target, headers, body }: Attack, host: string): Buffer {
  const fresh = String(sent++).padStart(NONCE.length, '0');
  const content: Buffer =
    typeof body !== 'string' ? body : Buffer.from(body.replaceAll(NONCE, fresh));
  const has = (name: string) => headers.some(([one]) => one.toLowerCase() === name);
  const all: (readonly [string, string])[] = [
    ...(has('host') ? [] : [['Host', host] as const]),
    ...(has('connection') ? [] : [['Connection', 'close'] as const]),
    ...headers,
    ...(has('content-length') || has('transfer-encoding') || method === 'GET'
      ? []
      : [['Content-Length', String(content.length)] as const]),
  ];
  const head = all.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const line = `${method} ${target.replaceAll(NONCE, fresh)} HTTP/1.1\r\n`;
  return Buffer.concat([Buffer.from(`${line}${head}\r\n`, 'latin1'), content]);
}

const PATIENCE_MS = 20_000;
/** Of one that says it has more to come. */
const BROKEN_PATIENCE_MS = 300;

export function send(attack: Attack, { hostname, port, host }: URL): Promise<Outcome> {
  return exchange(connect(Number(port), hostname), bytesOf(attack, host), attack);
}

const LET_IN = '"connection_ack"';

type How = Pick<Attack, 'isBroken' | 'onceIn'>;

function exchange(socket: Socket, bytes: Buffer, { isBroken, onceIn }: How): Promise<Outcome> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let isTimedOut = false;
    const patience = setTimeout(() => {
      isTimedOut = true;
      socket.destroy();
    }, PATIENCE_MS);
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (onceIn && chunk.includes(LET_IN)) socket.write(onceIn);
      // The last chunk of an answer after which the connection may stay.
      if (chunk.subarray(-5).toString() === '0\r\n\r\n') socket.end();
    });
    // Refused while it is still sending: what had come is in `chunks`.
    socket.on('error', () => {});
    socket.once('close', () => {
      clearTimeout(patience);
      const text = Buffer.concat(chunks).toString('latin1');
      resolve({ answers: answersIn(text), text, isTimedOut });
    });
    socket.write(bytes);
    if (isBroken) setTimeout(() => socket.end(), BROKEN_PATIENCE_MS);
  });
}

function answersIn(text: string): Answer[] {
  const answers: Answer[] = [];
  let rest = text;
  while (rest.startsWith('HTTP/1.1 ')) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) break;
    const [line = '', ...lines] = rest.slice(0, end).split('\r\n');
    const headers = new Map(
      lines.map((one) => {
        const colon = one.indexOf(':');
        return [one.slice(0, colon).toLowerCase(), one.slice(colon + 1).trim()];
      }),
    );
    const after = rest.slice(end + 4);
    const length = Number(headers.get('content-length') ?? after.length);
    const isChunked = headers.get('transfer-encoding') === 'chunked';
    const [body, left] = isChunked
      ? unchunked(after)
      : [after.slice(0, length), after.slice(length)];
    answers.push({ status: Number(line.slice(9, 12)), headers, body: utf8(body) });
    rest = left;
  }
  return answers;
}

const utf8 = (latin1: string) => Buffer.from(latin1, 'latin1').toString();

function unchunked(text: string): [body: string, rest: string] {
  let body = '';
  let at = 0;
  for (;;) {
    const end = text.indexOf('\r\n', at);
    const size = Number.parseInt(text.slice(at, end), 16);
    if (end < 0 || !(size > 0)) return [body, text.slice(end + 4)];
    body += text.slice(end + 2, end + 2 + size);
    at = end + 2 + size + 2;
  }
}
