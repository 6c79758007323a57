/** Bodies that hold files, as multipart/form-data with the bracketed names of Rails. */

/** A file that comes from somewhere else while it is sent. It can be opened once. */
export abstract class StreamedFile {
  /** Nothing has to come in for it. */
  readonly isHere: boolean = false;
  abstract open(): Promise<OpenedFile>;
  /** The file that its sender has on the way now, which may be another; undefined when no more come. */
  abstract upcoming(): Promise<StreamedFile | undefined>;
}

export interface OpenedFile {
  filename: string;
  contentType: string;
  stream: AsyncIterable<Uint8Array>;
}

/** A name as it is sent, such as `tune[images][]`, and what stands under it. */
type Part = readonly [name: string, value: string | StreamedFile];

/** Astria takes this one as JSON text too, which keeps what a form cannot tell: numbers, nesting, emptiness. */
const FREE_OBJECT = 'characteristics';

export function holdsFile(value: unknown): boolean {
  if (value instanceof StreamedFile) return true;
  return isContainer(value) && Object.values(value).some(holdsFile);
}

/**
 * Texts first, then files as they come: any order of fields will do, but the elements of one list keep theirs. Nothing is
 * read before it is asked for.
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
        // Not `yield*`, which is several times slower.
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

/** As browsers do it, and for all that could end a quoted text or a line. */
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

/** The parts of each field by themselves: `{ tune: { title, images } }` has two. */
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
 * Rails begins a new element at a name that the last one has already: so each begins with one of those, if need be with
 * an empty value of it.
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
