import { Duplex } from 'node:stream';

/**
 * One end of a connection within the process. Unlike those of Node's `duplexPair` it has what the gateway reads of a socket, and
 * closes with the other end.
 */
export class ConnectionEnd extends Duplex {
  /** The address of the client, if the program knows it. */
  readonly remoteAddress: string | undefined;
  #other: ConnectionEnd | undefined;
  #passed = 0;
  #onRead: (() => void) | undefined;

  private constructor(remoteAddress: string | undefined) {
    super();
    this.remoteAddress = remoteAddress;
  }

  /** Returns the ends of the server and of the client. */
  static pair(remoteAddress: string | undefined): [server: ConnectionEnd, client: ConnectionEnd] {
    const server = new ConnectionEnd(remoteAddress);
    const client = new ConnectionEnd(undefined);
    server.#other = client;
    client.#other = server;
    return [server, client];
  }

  /** The bytes that were written, also those that the other end has not taken. */
  get bytesWritten() {
    return this.#passed + this.writableLength;
  }

  override _read() {
    const onRead = this.#onRead;
    this.#onRead = undefined;
    onRead?.();
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void) {
    // An empty chunk is never read.
    if (chunk.length === 0) return process.nextTick(done);
    const other = this.#other as ConnectionEnd;
    other.#onRead = () => {
      this.#passed += chunk.length;
      done();
    };
    other.push(chunk);
  }

  override _final(done: () => void) {
    this.#other?.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void) {
    this.#other?.destroy();
    done(error);
  }
}
