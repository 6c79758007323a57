/** Encodes bodies that contain files as multipart/form-data, with the bracketed names of Rails. */

/** A file that is received while it is sent. It can be opened once. */
export abstract class StreamedFile {
  /** Whether the whole file is here already. */
  readonly isHere: boolean = false;
  abstract open(): Promise<OpenedFile>;
  /** Returns the file that its sender is sending now, which may be another one. Undefined if no more will come. */
  abstract upcoming(): Promise<StreamedFile | undefined>;
}

export interface OpenedFile {
  filename: string;
  contentType: string;
  stream: AsyncIterable<Uint8Array>;
}

/** A field name, such as `tune[images][]`, with its value. */
type Part = readonly [name: string, value: string | StreamedFile];

/** Astria also takes this field as JSON text. That keeps what a form cannot express: numbers, nesting and empty values. */
const FREE_OBJECT = 'characteristics';

export function holdsFile(value: unknown): boolean {
  if (value instanceof StreamedFile) return true;
  return isContainer(value) && Object.values(value).some(holdsFile);
}

/**
 * Encodes texts first, then files in the order in which they arrive. Fields may come in any order, but the elements of a list
 * keep theirs. Nothing is read before it is needed.
 */
export async function* encodeMultipart(body: object, boundary: string): AsyncGenerator<Uint8Array> {
  const groups = groupsOf(body);
  const hasFile = (group: readonly Part[]) => filesOf(group).length > 0;
  const texts = groups.filter((group) => !hasFile(group)).flat();
  const left = groups.filter(hasFile);
  yield Buffer.concat(texts.map((part) => textPart(part, boundary)));
  while (left.length > 0) {
    const group = await upcomingOf(left);
    left.splice(left.indexOf(group), 1);
    for (const [name, value] of group) {
      if (value instanceof StreamedFile) {
        const file = await value.open();
        yield fileHead(name, file, boundary);
        // A loop, because `yield*` is several times slower.
        for await (const chunk of file.stream) yield chunk;
        yield LINE_END;
      } else yield textPart([name, value], boundary);
    }
  }
  yield Buffer.from(`--${boundary}--\r\n`);
}

function fileHead(name: string, { filename, contentType }: OpenedFile, boundary: string) {
  const disposition = `form-data; name="${quotable(name)}"; filename="${quotable(filename) || 'upload'}"`;
  const type = MEDIA_TYPE.test(contentType) ? contentType : 'application/octet-stream';
  return Buffer.from(
    `--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${type}\r\n\r\n`,
  );
}

const LINE_END = Buffer.from('\r\n');
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;

const textPart = ([name, value]: Part, boundary: string) =>
  Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="${quotable(name)}"\r\n\r\n${value}\r\n`,
  );

/** Percent-encodes what could end a quoted text or a line, as browsers do. */
const quotable = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not pass.
  text.replace(/["\\\u0000-\u001f\u007f]/g, encodeURIComponent);

const filesOf = (group: readonly Part[]) =>
  group.map(([, value]) => value).filter((value) => value instanceof StreamedFile);

async function upcomingOf(groups: readonly Part[][]): Promise<Part[]> {
  const [first] = groups as [Part[]];
  if (groups.length === 1) return first;
  const isAwaited = (file: StreamedFile) => !file.isHere;
  const here = groups.find((group) => !filesOf(group).some(isAwaited));
  if (here) return here;
  const upcoming = await filesOf(first).find(isAwaited)?.upcoming();
  return groups.find((group) => filesOf(group).find(isAwaited) === upcoming) ?? first;
}

/** Returns the parts of each field as a group of its own: `{ tune: { title, images } }` has two. */
const groupsOf = (body: object): Part[][] =>
  Object.entries(body).flatMap(([name, value]) =>
    isRecord(value)
      ? Object.entries(value).map(([key, item]) => partsOf(`${name}[${key}]`, item, key))
      : [partsOf(name, value)],
  );

function partsOf(name: string, value: unknown, key?: string): Part[] {
  if (value === undefined) return [];
  if (value instanceof StreamedFile) return [[name, value]];
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(isRecord)) return elementParts(`${name}[]`, value);
    return value.flatMap((item) => partsOf(`${name}[]`, item));
  }
  if (!isRecord(value)) return [[name, value === null ? '' : String(value)]];
  if (key === FREE_OBJECT && !isFlatText(value)) return [[name, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, item]) => partsOf(`${name}[${key}]`, item, key));
}

/**
 * Rails starts a new element of a list when a name comes that the current element already has. So each element starts with the
 * same name, with an empty value if it has none.
 */
function elementParts(name: string, elements: readonly Record<string, unknown>[]): Part[] {
  return elements.flatMap((element, index) => {
    const entries = Object.entries(element).filter(([, value]) => value !== undefined);
    const [texts, files] = [entries.filter(isText), entries.filter((entry) => !isText(entry))];
    const previous = elements[index - 1];
    const opening = previous && [...texts, ...files].find(([key]) => previous[key] !== undefined);
    const begun =
      previous && !opening ? [[Object.keys(previous)[0] ?? 'text', ''] as const] : [opening];
    const rest = [...texts, ...files].filter((entry) => entry !== opening);
    return [...begun, ...rest].flatMap((entry) =>
      entry ? partsOf(`${name}[${entry[0]}]`, entry[1], entry[0]) : [],
    );
  });
}

const isText = ([, value]: readonly [string, unknown]) => !holdsFile(value);

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  isContainer(value) && !Array.isArray(value) && !(value instanceof StreamedFile);

const isFlatText = (value: object) =>
  Object.keys(value).length > 0 &&
  Object.entries(value).every(([key, item]) => typeof item === 'string' && !/[[\]]/.test(key));
