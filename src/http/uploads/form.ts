/** The two texts of a multipart request: `operations`, and the `map` with the positions of its files. */
import { type Inlet, Upload } from '../../graphql/upload.ts';
import { checkValues } from '../body-shape.ts';
import { membersOf } from '../members.ts';
import { refusal, TOO_LARGE, type UploadLimits } from './limits.ts';

type Json = Record<string, unknown>;

export function readOperations(text: string): Json {
  const operations = parse('operations', text);
  if (Array.isArray(operations)) {
    const limit = { name: 'operations', max: 1, found: operations.length };
    throw refusal('`operations` is a list: send one operation in a request.', limit);
  }
  if (!isObject(operations)) throw wrongKind('operations', 'an object', operations);
  return { ...membersOf(operations) };
}

/** Puts an Upload at each position of the map. Returns them by the names of their parts. */
export function placeUploads(
  operations: Json,
  text: string,
  { inlet, limits }: { inlet: Inlet; limits: UploadLimits },
): Map<string, Upload> {
  const map = parse('map', text);
  if (!isObject(map)) throw wrongKind('map', 'an object', map);
  const entries = Object.entries(map);
  if (entries.length > limits.maxFiles) {
    const limit = { name: 'files', max: limits.maxFiles, found: entries.length };
    const message = `\`map\` names ${entries.length} files; send at most ${limits.maxFiles}.`;
    throw refusal(message, limit, TOO_LARGE);
  }
  return new Map(
    entries.map(([name, paths]) => {
      const upload = new Upload(onlyPath(name, paths), inlet);
      place(operations, upload);
      return [name, upload];
    }),
  );
}

function onlyPath(name: string, paths: unknown): string {
  if (!Array.isArray(paths) || !paths.every((path) => typeof path === 'string')) {
    throw wrongKind(`map.${name}`, 'a list of paths', paths);
  }
  const [path] = paths;
  if (path !== undefined && paths.length === 1) return path;
  const limit = { name: 'pathsPerFile', max: 1, found: paths.length };
  throw refusal(
    `\`map.${name}\` names ${paths.length} places. A file is passed on as it comes, so it has one place: send it once for each${inOrder(paths)}. ${COPY}`,
    limit,
  );
}

/** `apollo-upload-client` sends the same file object only once, wherever it is used. */
const COPY =
  'A client that sends one `File` object once needs a copy for each place: `new File([file], file.name, { type: file.type })`.';

const inOrder = (paths: string[]) => (paths.length > 1 ? `, in the order ${paths.join(', ')}` : '');

const INHERITED = ['__proto__', 'constructor', 'prototype'];

function place(operations: Json, upload: Upload) {
  const keys = upload.path.split('.');
  const last = keys.pop() ?? '';
  if (keys[0] !== 'variables' || [...keys, last].some((key) => INHERITED.includes(key))) {
    throw wrongPath(upload.path, 'is not the path of a variable');
  }
  let owner: unknown = operations;
  for (const key of keys) {
    owner = isContainer(owner) && Object.hasOwn(owner, key) ? owner[key] : undefined;
  }
  if (!isContainer(owner) || !Object.hasOwn(owner, last)) {
    throw wrongPath(upload.path, 'leads nowhere in `operations`');
  }
  if (owner[last] instanceof Upload) throw wrongPath(upload.path, 'is the place of two files');
  if (owner[last] !== null) throw wrongPath(upload.path, 'is not null in `operations`');
  owner[last] = upload;
}

const wrongPath = (path: string, fault: string) =>
  refusal(
    `\`map\` names \`${path}\`, which ${fault}: give the path of a null, such as \`variables.input.images.0.file\`.`,
    { name: 'mapPath', max: 'variables.*', found: path },
  );

const wrongKind = (name: string, wanted: string, found: unknown) =>
  refusal(`\`${name}\` must be ${wanted}.`, { name, max: wanted, found: kindOf(found) });

const kindOf = (value: unknown) =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

function parse(name: string, text: string): unknown {
  checkValues(Buffer.from(text));
  try {
    return JSON.parse(text);
  } catch {
    const limit = { name, max: 'JSON', found: 'text' };
    throw refusal(`\`${name}\` is not valid JSON.`, limit);
  }
}

/** Includes lists, whose indices are their keys. */
const isContainer = (value: unknown): value is Json => typeof value === 'object' && value !== null;

const isObject = (value: unknown): value is Json => isContainer(value) && !Array.isArray(value);
