import { type OpenedFile, StreamedFile } from '../upstream/transport/multipart.ts';
import { fileRefused, type Limit } from './errors.ts';
import { CONTENT_TYPES, type MediaKind } from './media-kinds.ts';

/** Other names of content types, as phones, old browsers and libraries send them. */
const SYNONYMS = new Map([
  ['image/jpg', 'image/jpeg'],
  ['image/pjpeg', 'image/jpeg'],
  ['image/x-png', 'image/png'],
  ['image/x-bmp', 'image/bmp'],
  ['image/x-ms-bmp', 'image/bmp'],
  ['image/tif', 'image/tiff'],
  ['image/x-tiff', 'image/tiff'],
  ['video/x-m4v', 'video/mp4'],
  ['video/mov', 'video/quicktime'],
  ['video/x-quicktime', 'video/quicktime'],
  ['video/matroska', 'video/x-matroska'],
  ['audio/mp3', 'audio/mpeg'],
  ['audio/x-mp3', 'audio/mpeg'],
  ['audio/x-mpeg', 'audio/mpeg'],
  ['audio/m4a', 'audio/mp4'],
  ['audio/wave', 'audio/wav'],
  ['audio/vnd.wave', 'audio/wav'],
  ['audio/x-aac', 'audio/aac'],
  ['audio/x-flac', 'audio/flac'],
  ['application/ogg', 'audio/ogg'],
]);

/** Content types that clients send if they do not know the type: browsers have none for HEIC. */
const UNTOLD = ['application/octet-stream', 'binary/octet-stream', 'text/plain'];

/** The source of a request's files, which arrive one after the other. */
export interface Inlet {
  /** Opens a file. `typeOf` may refuse it by its name and content type. */
  open(upload: Upload, typeOf: (named: NamedFile) => string): Promise<OpenedFile>;
  upcoming(): Promise<Upload | undefined>;
}

/** Observes a file while it is read. */
export interface FileWatch {
  see?: ((chunk: Uint8Array) => void) | undefined;
  /** Awaited before the file ends. */
  end(): Promise<void>;
}

export interface NamedFile {
  filename: string;
  mimeType: string;
}

/** A file of the request. It is read when it is sent on, and only once. */
export class Upload extends StreamedFile {
  /** Its position in the request: `variables.input.images.0.file`. */
  readonly path: string;
  readonly #inlet: Inlet;
  #kind: MediaKind = 'image';
  #place: readonly string[] = [];
  #watch: FileWatch | undefined;

  constructor(path: string, inlet: Inlet) {
    super();
    this.path = path;
    this.#inlet = inlet;
  }

  /** Says which kind its field takes, and the field's path in the arguments: `["input", "images", "0"]`. */
  as(kind: MediaKind, place: readonly string[]): this {
    this.#kind = kind;
    this.#place = place;
    return this;
  }

  watch(watch: FileWatch) {
    this.#watch = watch;
  }

  async open(): Promise<OpenedFile> {
    const file = await this.#inlet.open(this, (named) => this.#contentTypeOf(named));
    return this.#watch ? { ...file, stream: watched(file.stream, this.#watch) } : file;
  }

  refused(complaint: string, limit: Limit) {
    return fileRefused(`The file at \`${this.path}\``, { complaint, place: this.#place, limit });
  }

  upcoming() {
    return this.#inlet.upcoming();
  }

  #contentTypeOf({ filename, mimeType }: NamedFile): string {
    const named = mimeType.toLowerCase();
    const told = SYNONYMS.get(named) ?? named;
    const types: Record<string, readonly string[]> = CONTENT_TYPES[this.#kind];
    if (Object.hasOwn(types, told)) return told;
    const ending = filename.split('.').at(-1)?.toLowerCase() ?? '';
    const meant =
      UNTOLD.includes(told) && Object.keys(types).find((t) => types[t]?.includes(ending));
    if (meant) return meant;
    const taken = Object.keys(types).join(', ');
    const limit = { name: 'contentType', max: taken, found: named };
    throw this.refused(`is ${named}; this field takes ${taken}`, limit);
  }
}

async function* watched(stream: AsyncIterable<Uint8Array>, { see, end }: FileWatch) {
  for await (const chunk of stream) {
    see?.(chunk);
    yield chunk;
  }
  await end();
}
