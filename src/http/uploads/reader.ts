/** Parses a multipart request as it arrives, no faster than its files are sent on. */
import type { IncomingHttpHeaders } from 'node:http';
import { finished, type Readable } from 'node:stream';
import busboy, { type FieldInfo, type FileInfo } from 'busboy';
import type { GraphQLParams } from 'graphql-yoga';
import type { Inlet, NamedFile, Upload } from '../../graphql/upload.ts';
import { Arrivals } from '../arrivals.ts';
import type { TakeBytes } from '../load.ts';
import { placeUploads, readOperations } from './form.ts';
import { LINGER_MS, type UploadLimits } from './limits.ts';
import { Patience } from './patience.ts';
import { areTooMany, hangUp, inPieces } from './pieces.ts';
import * as refused from './refusals.ts';

/** A file whose head has arrived and whose content is not read yet. */
interface Part {
  upload: Upload;
  info: FileInfo;
  content: Readable;
}

/** `takeBytes` is called for what precedes the files, because that is held in memory. */
type ReaderLimits = UploadLimits & { takeBytes?: TakeBytes | undefined };

/** The lines around `operations` and `map`. */
const FRAME_BYTES = 16_000;
/**
 * The most bytes that are read and dropped after a refusal. A client that sends everything before it reads gets its answer
 * then.
 */
const MAX_DROPPED_BYTES = 50_000_000;

export class UploadReader implements Inlet {
  readonly #source: Readable;
  readonly #limits: ReaderLimits;
  readonly #params = Promise.withResolvers<GraphQLParams>();
  /** Resolves when nothing more is read or waited for. */
  readonly #over = Promise.withResolvers<void>();
  readonly #patience: Patience;
  readonly #arrivals = new Arrivals<Part>();
  readonly #contents = new Set<Readable>();
  readonly #arrived = new Set<string>();
  readonly #opened = new Set<Upload>();
  #parser: busboy.Busboy | undefined;
  #operations: Record<string, unknown> | undefined;
  #uploads: Map<string, Upload> | undefined;
  #bytes = 0;
  #pieces = 0;
  #mostBytes: number;
  #hangingUp: NodeJS.Timeout | undefined;

  constructor(source: Readable, headers: IncomingHttpHeaders, limits: ReaderLimits) {
    this.#source = source;
    this.#limits = limits;
    this.#patience = new Patience(limits, (error) => this.#fail(error));
    this.#mostBytes = limits.maxBytesInAll;
    // It may fail before or after somebody waits for it.
    this.#params.promise.catch(() => {});
    this.#begin(headers);
  }

  /** Resolves with `map`, before any file is read. */
  get params(): Promise<GraphQLParams> {
    return this.#patience.wait(this.#params.promise);
  }

  async upcoming() {
    return (await this.#patience.wait(this.#arrivals.next()))?.upload;
  }

  async open(upload: Upload, typeOf: (named: NamedFile) => string) {
    if (this.#opened.has(upload)) throw refused.fileUsedTwice(upload);
    this.#opened.add(upload);
    const part = await this.#patience.wait(this.#arrivals.next());
    if (!part) throw refused.partsMissing(this.#missing());
    if (part.upload !== upload) throw refused.fileOutOfOrder(this.#wanted(upload), part.upload);
    this.#arrivals.take();
    const { filename = '', mimeType } = part.info;
    try {
      const contentType = typeOf({ filename, mimeType });
      return { filename, contentType, stream: this.#read(part) };
    } catch (error) {
      part.content.resume();
      throw error;
    }
  }

  /**
   * Reads and drops the rest, because nobody needs the files any more. Resolves when it has come or was waited for long enough:
   * a client that sends everything before it reads could lose an earlier answer.
   */
  async release() {
    this.#fail(new Error('The request has been answered'));
    const timer = setTimeout(this.#over.resolve, LINGER_MS);
    await this.#over.promise;
    clearTimeout(timer);
  }

  #begin(headers: IncomingHttpHeaders) {
    const source = this.#source;
    finished(source, { writable: false }, (error) => {
      this.#over.resolve();
      if (error) this.#fail(refused.cutOff());
    });
    try {
      this.#parser = this.#createParser(headers['content-type'] ?? '');
      source.pipe(this.#parser);
    } catch (error) {
      this.#fail(refused.malformed((error as Error).message));
    }
    const declared = Number(headers['content-length']);
    if (declared > this.#limits.maxBytesInAll) this.#fail(refused.tooMuch(this.#limits, declared));
    // Runs after the pipe, which has then parsed everything that is counted.
    source.on('data', (chunk: Uint8Array) => this.#count(chunk.length));
  }

  #createParser(contentType: string) {
    const { maxOperationsBytes, maxMapBytes } = this.#limits;
    // One byte more than allowed, to notice a longer field.
    const fieldSize = Math.max(maxOperationsBytes, maxMapBytes) + 1;
    return busboy({
      headers: { 'content-type': contentType },
      defParamCharset: 'utf8',
      limits: { fieldSize, fields: 3 },
    })
      .on('field', (name, value, info) => this.#attempt(() => this.#onField(name, value, info)))
      .on('file', (name, content, info) => this.#attempt(() => this.#onFile(name, content, info)))
      .on('error', (error: Error) => this.#fail(refused.malformed(error.message)))
      .on('close', () => this.#onEnd());
  }

  #onField(name: string, text: string, { valueTruncated }: FieldInfo) {
    const { maxOperationsBytes, maxMapBytes } = this.#limits;
    const check = (wanted: 'operations' | 'map', max: number) => {
      if (name !== wanted) throw refused.fieldOutOfOrder(wanted, name);
      const length = Buffer.byteLength(text);
      if (valueTruncated || length > max) throw refused.fieldTooLong(wanted, max, length);
    };
    if (this.#uploads) throw refused.fieldTooMany(name);
    if (!this.#operations) {
      check('operations', maxOperationsBytes);
      this.#operations = readOperations(text);
    } else {
      check('map', maxMapBytes);
      const [inlet, limits] = [this, this.#limits];
      this.#uploads = placeUploads(this.#operations, text, { inlet, limits });
      this.#params.resolve(this.#operations);
    }
  }

  #onFile(name: string, content: Readable, info: FileInfo) {
    // `#arrivals` reports the error that destroys it.
    content.on('error', () => {});
    if (!this.#uploads)
      throw refused.fieldOutOfOrder(this.#operations ? 'map' : 'operations', name);
    const upload = this.#uploads.get(name);
    if (!upload) throw refused.partUnmapped(name);
    if (this.#arrived.has(name)) throw refused.partRepeated(name);
    this.#arrived.add(name);
    this.#contents.add(content);
    content.once('close', () => this.#contents.delete(content));
    this.#arrivals.add({ upload, info, content });
  }

  #onEnd() {
    if (this.#arrivals.isOver) return;
    if (this.#uploads) this.#arrivals.end();
    else this.#fail(refused.partsMissing(this.#operations ? ['map'] : ['operations', 'map']));
  }

  async *#read({ upload, content }: Part): AsyncGenerator<Uint8Array> {
    const { maxBytesPerFile } = this.#limits;
    let bytes = 0;
    try {
      // Destroying it would block the parser for ever.
      const chunks = content.iterator({ destroyOnReturn: false });
      for (;;) {
        const { value, done } = await this.#patience.wait(chunks.next());
        if (done) break;
        bytes += value.length;
        if (bytes > maxBytesPerFile) throw refused.fileTooLong(upload, maxBytesPerFile, bytes);
        yield value;
      }
    } catch (error) {
      // When the request breaks off, its file fails first, with an error of the parser's own.
      throw content.errored ? await this.#arrivals.failure() : error;
    } finally {
      content.resume();
    }
    // Astria must not get a complete file before it is known that the request continues correctly.
    await this.upcoming();
  }

  #count(length: number) {
    this.#bytes += length;
    this.#patience.came(length);
    const { maxOperationsBytes, maxMapBytes, takeBytes } = this.#limits;
    if (!this.#uploads) this.#attempt(() => takeBytes?.(length));
    const frame = maxOperationsBytes + FRAME_BYTES;
    if (areTooMany(++this.#pieces, this.#bytes)) {
      this.#fail(inPieces(this.#pieces));
      hangUp(this.#source);
    } else if (this.#bytes > this.#mostBytes) {
      this.#hangUp();
    } else if (!this.#operations && this.#bytes > frame) {
      this.#fail(refused.fieldTooLong('operations', maxOperationsBytes, this.#bytes));
    } else if (!this.#uploads && this.#bytes > frame + maxMapBytes) {
      this.#fail(refused.fieldTooLong('map', maxMapBytes, this.#bytes));
    }
  }

  #hangUp() {
    this.#fail(refused.tooMuch(this.#limits, this.#bytes));
    this.#source.pause();
    this.#over.resolve();
    this.#hangingUp ??= setTimeout(() => this.#source.destroy(), LINGER_MS);
  }

  #attempt(act: () => void) {
    if (this.#arrivals.isOver) return;
    try {
      act();
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  /** Keeps the first failure. Everything after it is dropped. */
  #fail(error: Error) {
    if (!this.#arrivals.isOver) {
      this.#arrivals.fail(error);
      this.#params.reject(error);
      this.#mostBytes = Math.min(this.#mostBytes, this.#bytes + MAX_DROPPED_BYTES);
    }
    if (!this.#parser) return this.#source.resume();
    this.#source.unpipe(this.#parser).resume();
    this.#parser.destroy();
    for (const content of this.#contents) content.destroy(error);
  }

  #missing() {
    return [...(this.#uploads?.keys() ?? [])].filter((name) => !this.#arrived.has(name));
  }

  /** Returns the file that is needed now, with those behind it in the same list. */
  #wanted(upload: Upload): Upload[] {
    const listOf = ({ path }: Upload) => path.replace(/\.\d+(?=\.|$)/g, '.*');
    const rest = [...(this.#uploads?.values() ?? [])]
      .filter((other) => other !== upload && !this.#opened.has(other))
      .filter((other) => listOf(other) === listOf(upload))
      .sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
    return [upload, ...rest];
  }
}
