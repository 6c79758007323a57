/** Media in the input itself: `data:image/png;base64,…`. Astria gets them as files. */
import { type OpenedFile, StreamedFile } from '../upstream/transport/multipart.ts';
import { fileRefused } from './errors.ts';
import { CONTENT_TYPES, type MediaKind } from './media-kinds.ts';

const IN_BASE64 =
  /^data:(?<type>[a-z]+\/[\w.+-]+)(?:;[\w-]+=[^;,]*)*;base64,(?<content>[a-z\d+/]+={0,2})$/i;

export const isDataUrl = (url: string): boolean => /^data:/i.test(url);

export class InlineFile extends StreamedFile {
  override readonly isHere = true;
  readonly #content: string;
  readonly #contentType: string;
  readonly #ending: string;

  /** `place` is its path in the arguments, for errors. */
  constructor(url: string, { kind, place }: { kind: MediaKind; place: readonly string[] }) {
    super();
    const { type, content } = IN_BASE64.exec(url)?.groups ?? {};
    if (type === undefined || content === undefined) {
      const complaint = 'must be whole, and in base64: `data:image/png;base64,iVBORw0…`';
      throw fileRefused(nameOf(place), { complaint, place });
    }
    const types: Record<string, readonly string[]> = CONTENT_TYPES[kind];
    this.#contentType = type.toLowerCase();
    this.#content = content;
    if (!Object.hasOwn(types, this.#contentType)) throw wrongType(place, this.#contentType, types);
    this.#ending = types[this.#contentType]?.[0] ?? kind;
  }

  async open(): Promise<OpenedFile> {
    return {
      filename: `upload.${this.#ending}`,
      contentType: this.#contentType,
      stream: once(Buffer.from(this.#content, 'base64')),
    };
  }

  async upcoming() {
    return this;
  }
}

async function* once(content: Buffer) {
  yield content;
}

const nameOf = (place: readonly string[]) => `The data URL in \`${place.slice(1).join('.')}\``;

function wrongType(place: readonly string[], found: string, types: object) {
  const max = Object.keys(types).join(', ');
  const complaint = `is ${found}; this field takes ${max}`;
  return fileRefused(nameOf(place), {
    complaint,
    place,
    limit: { name: 'contentType', max, found },
  });
}
