/** Stands between a gateway and Astria: sees all that is sent, and holds it at will. */
import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Agent, request } from 'undici';
import { markIn } from './mutations.ts';

/** A request that has come whole. */
export interface Passage {
  method: string;
  path: string;
  /** Of the mutation that it belongs to. */
  mark: string | undefined;
  wasSentOn: boolean;
  /** What Astria answered, whether or not anybody was told. */
  answer: { status: number; body: string } | undefined;
  /** What the gateway was told of it. */
  told: 'nothing' | 'half' | 'another answer' | 'all';
}

/** What becomes of what has come: of a request to Astria, of an answer to the gateway. After the `last` its connection ends. */
export interface Gates {
  request(passage: Passage): Promise<'on' | 'lost'>;
  answer(passage: Passage): Promise<'on' | 'last' | 'half' | 'lost' | 'failed' | 'empty list'>;
}

export const OPEN: Gates = { request: async () => 'on', answer: async () => 'on' };

const FAILED = { status: 504, body: '<html>504 Gateway Time-out</html>' };

export class Door {
  readonly passages: Passage[] = [];
  gates = OPEN;
  /** Connections are made, and nothing is read of what they bring. */
  isDeaf = false;
  readonly #astria: string;
  readonly #http = createHttpServer((incoming, response) => void this.#take(incoming, response));
  readonly #net = createServer((socket) => this.#connect(socket));
  readonly #sockets = new Set<Socket>();
  readonly #agent = new Agent({ pipelining: 1 });

  constructor(astria: string) {
    this.#astria = astria;
  }

  async listen(): Promise<string> {
    this.#net.listen(0, '127.0.0.1');
    await once(this.#net, 'listening');
    return `http://127.0.0.1:${(this.#net.address() as AddressInfo).port}`;
  }

  /** Those that stay would be used once more. */
  dropConnections() {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close() {
    this.dropConnections();
    this.#net.close();
    await this.#agent.close();
  }

  #connect(socket: Socket) {
    this.#sockets.add(socket);
    socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket));
    if (!this.isDeaf) this.#http.emit('connection', socket);
  }

  async #take(incoming: IncomingMessage, response: ServerResponse) {
    const body = await whole(incoming);
    // Broken off before its end: Astria cannot act on it.
    if (!body) return;
    const { method = 'GET', url: path = '/' } = incoming;
    const mark = markIn(decodeURIComponent(path) + body.toString('latin1'));
    const passage: Passage = {
      ...{ method, path, mark, wasSentOn: false, answer: undefined, told: 'nothing' },
    };
    this.passages.push(passage);
    if ((await this.gates.request(passage)) === 'lost') return void response.destroy();
    passage.wasSentOn = true;
    const { 'content-type': type, authorization = '', 'x-workspace-id': place } = incoming.headers;
    const headers = {
      authorization,
      ...(type && { 'content-type': type }),
      ...(place && { 'x-workspace-id': String(place) }),
    };
    const answer = await request(this.#astria + path, {
      ...{ method: method as 'GET', headers, dispatcher: this.#agent },
      ...(body.length > 0 && { body }),
    });
    passage.answer = { status: answer.statusCode, body: await answer.body.text() };
    await this.#tell(passage, response);
  }

  async #tell(passage: Passage, response: ServerResponse) {
    const real = passage.answer as NonNullable<Passage['answer']>;
    const how = await this.gates.answer(passage);
    if (how === 'lost') return void response.destroy();
    const { status, body } =
      how === 'failed' ? FAILED : how === 'empty list' ? { status: 200, body: '[]' } : real;
    const length = Buffer.byteLength(body);
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': length,
      ...(how === 'last' && { connection: 'close' }),
    });
    if (how === 'half') {
      passage.told = 'half';
      return void response.write(body.slice(0, body.length / 2));
    }
    passage.told = how === 'on' || how === 'last' ? 'all' : 'another answer';
    response.end(body);
  }
}

async function whole(incoming: IncomingMessage): Promise<Buffer | undefined> {
  try {
    return Buffer.concat(await incoming.toArray());
  } catch {
    return undefined;
  }
}
