import type { Socket } from 'node:net';
import { type WebSocket as Peer, parseMessage } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import { OpenStream } from '../../graphql/open-stream.ts';
import { checkValues } from '../body-shape.ts';
import type { Connections } from '../connections.ts';
import {
  badMessage,
  type Closing,
  COME_BACK,
  DEFECT,
  IDLE,
  NO_TEXT,
  reasonThatFits,
  TOO_MANY,
} from './closing.ts';
import type { SocketLimits } from './limits.ts';

/** The number of heartbeats that may stay unanswered, because a heartbeat and its answer may be late. */
const MAX_MISSED = 2;

interface Made {
  /** The TCP connection of the socket. */
  connection: Socket;
  connections: Connections;
  limits: SocketLimits;
  /** Reports a defect, after which the socket is closed. */
  onDefect(error: unknown): void;
}

export interface Subscription {
  stream: OpenStream;
  /** Aborts when nobody waits for its events any more. */
  signal: AbortSignal;
  /** Must be called in the end, whatever happened. A second call does nothing. */
  end(): void;
}

/** The WebSocket of one client: limits on what it sends, its lifetime and its end. graphql-ws handles the messages. */
export class GraphSocket implements Peer {
  readonly #socket: WebSocket;
  readonly #made: Made;
  readonly #subscriptions = new Set<Subscription>();
  readonly #heart: NodeJS.Timeout;
  #missed = 0;
  #messages = 0;
  #idleSinceMs = performance.now();
  #isLast = false;

  constructor(socket: WebSocket, made: Made) {
    this.#socket = socket;
    this.#made = made;
    this.#heart = setInterval(this.#beat, made.limits.heartbeatMs).unref();
    socket.on('pong', () => {
      this.#missed = 0;
    });
    socket.on('ping', () => this.#mayGoOn());
    // ws closes the socket itself, with a code that says why.
    socket.on('error', () => {});
    made.connection.on('drain', () => socket.resume());
  }

  get protocol() {
    return this.#socket.protocol;
  }

  /** The number of subscriptions, including those that are being opened. */
  get open() {
    return this.#subscriptions.size;
  }

  get #isOpen() {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Resolves when the operating system has taken the data. Until then graphql-ws asks the stream for nothing more. */
  send(data: string): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isOpen) this.#socket.send(data, () => resolve());
      else resolve();
    });
  }

  close(code?: number, reason = '') {
    this.#socket.close(code, reasonThatFits(reason));
  }

  end({ code, reason }: Closing) {
    this.close(code, reason);
  }

  /** Closes the socket when its last subscription has ended. */
  endSoon() {
    this.#isLast = true;
    if (this.open === 0) this.end(COME_BACK);
  }

  onMessage(take: (text: string) => Promise<void>) {
    this.#socket.on('message', (data, isBinary) => {
      if (!this.#isOpen || !this.#mayGoOn()) return;
      if (isBinary) return this.end(NO_TEXT);
      const text = this.#read(data);
      if (text !== undefined) take(text).catch((error) => this.#fail(error));
    });
  }

  onClose(close: (code: number, reason: string) => Promise<void>) {
    this.#socket.once('close', (code, reason) => {
      clearInterval(this.#heart);
      for (const subscription of this.#subscriptions) subscription.end();
      close(code, String(reason)).catch(this.#made.onDefect);
    });
  }

  begin(): Subscription {
    const controller = new AbortController();
    const { settle } = this.#made.connections.owe(this.#made.connection);
    const subscription = {
      stream: new OpenStream(),
      signal: controller.signal,
      end: () => {
        if (!this.#subscriptions.delete(subscription)) return;
        controller.abort();
        settle();
        this.#idleSinceMs = performance.now();
        // `complete` is sent first.
        if (this.#isLast) setImmediate(() => this.endSoon());
      },
    };
    this.#subscriptions.add(subscription);
    if (!this.#isOpen) subscription.end();
    return subscription;
  }

  #fail(error: unknown) {
    this.#made.onDefect(error);
    this.end(DEFECT);
  }

  /** Checks a message before graphql-ws, which does not say what is wrong with it. */
  #read(data: RawData): string | undefined {
    try {
      checkValues(data as Buffer);
      const text = String(data);
      parseMessage(text);
      return text;
    } catch (error) {
      this.end(badMessage((error as Error).message));
      return undefined;
    }
  }

  /** Counts a message, and stops reading while the client does not read its answers. Returns false if there were too many. */
  #mayGoOn(): boolean {
    if (this.#made.connection.writableNeedDrain) this.#socket.pause();
    if (++this.#messages <= this.#made.limits.messages) return true;
    this.end(TOO_MANY);
    return false;
  }

  readonly #beat = () => {
    const { limits, connection } = this.#made;
    this.#messages = 0;
    if (this.open === 0 && performance.now() - this.#idleSinceMs >= limits.idleMs) {
      return this.end(IDLE);
    }
    // Unread bytes are a sign of life themselves. After the end of a stream, a client that does not read is not waited for.
    if (connection.writableNeedDrain) {
      if ([...this.#subscriptions].some(({ stream }) => stream.isCut)) this.#socket.terminate();
    } else if (++this.#missed > MAX_MISSED) this.#socket.terminate();
    else this.#socket.ping();
  };
}
