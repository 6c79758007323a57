/**
 * Reads bodies and query strings as Rails does: `tune[images][]=…`, urlencoded, multipart or JSON, all become the same nested
 * object.
 */
export type Param = string | number | boolean | null | File | Param[] | Params;
export interface Params {
  [name: string]: Param;
}

// Rails allows 100 levels. Nothing of Astria's has more than five.
const DEEPEST = 32;

export const isParams = (value: Param | undefined): value is Params =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof File);

export class UnreadableBody extends Error {}

function parsePairs(pairs: Iterable<[string, string | File]>): Params {
  const root: Params = {};
  for (const [name, value] of pairs) {
    const path = keysOf(name);
    // `__proto__` would change the prototype of every object.
    if (path.length > DEEPEST || path.includes('__proto__')) continue;
    place(root, path, value);
  }
  return root;
}

/** `a[b][][c]` → `['a', 'b', '', 'c']`. */
function keysOf(name: string): string[] {
  const open = name.indexOf('[');
  if (open < 1 || !name.endsWith(']')) return [name];
  return [name.slice(0, open), ...name.slice(open + 1, -1).split('][')];
}

function place(target: Params, path: string[], value: Param): void {
  const [key = '', next, ...rest] = path;
  if (next === undefined) {
    target[key] = value;
    return;
  }
  const held = Object.hasOwn(target, key) ? target[key] : undefined;
  if (next !== '') {
    const child = isParams(held) ? held : {};
    target[key] = child;
    place(child, [next, ...rest], value);
    return;
  }
  const list = Array.isArray(held) ? held : [];
  target[key] = list;
  append(list, rest, value);
}

/** Rails starts a new element at a key that the last one already has: `list[][text]=a&list[][text]=b`. */
function append(list: Param[], path: string[], value: Param): void {
  const [key] = path;
  if (key === undefined) {
    list.push(value);
    return;
  }
  const last = list.at(-1);
  const open = isParams(last) && (path.length > 1 || !Object.hasOwn(last, key));
  const element: Params = open ? last : {};
  if (!open) list.push(element);
  place(element, path, value);
}

export const queryOf = (request: Request): Params => parsePairs(new URL(request.url).searchParams);

const parsed = new WeakMap<Request, Promise<Params>>();

/** Parses the body once per request, although the log and the handler both need it. The request stays unread. */
export function bodyOf(request: Request): Promise<Params> {
  const known = parsed.get(request);
  if (known !== undefined) return known;
  const params = parseBody(request.clone());
  parsed.set(request, params);
  return params;
}

async function parseBody(request: Request): Promise<Params> {
  const type = request.headers.get('content-type') ?? '';
  try {
    if (/^multipart\/form-data/i.test(type)) return parsePairs(await request.formData());
    const text = await request.text();
    if (text === '') return {};
    if (!/[/+]json/i.test(type)) return parsePairs(new URLSearchParams(text));
    const json: Param = JSON.parse(text);
    // Rails puts a body that is no object under `_json`.
    return isParams(json) ? json : { _json: json };
  } catch (cause) {
    throw new UnreadableBody('The body is not what its content type says', { cause });
  }
}

const own = (params: Params, name: string): Param | undefined =>
  Object.hasOwn(params, name) ? params[name] : undefined;

/** Reads a text as Rails casts it. Blank texts are null. */
export function textOf(params: Params, name: string): string | null {
  const value = own(params, name);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** Reads a number. NaN stands for a value that is no number, so that a rule can refuse it. */
export function numberOf(params: Params, name: string): number | null {
  const value = own(params, name);
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}

export function flagOf(params: Params, name: string): boolean | null {
  const value = own(params, name);
  if (value === undefined || value === null || value === '') return null;
  return !['false', 'f', '0', 'off', 'FALSE'].includes(String(value));
}

/** As it was sent: each of its places may belong to one of another list, so a blank keeps its own. */
export function listOf(params: Params, name: string): Param[] {
  const value = own(params, name);
  if (Array.isArray(value)) return value;
  return isBlank(value) ? [] : [value as Param];
}

export const isBlank = (value: Param | undefined): boolean =>
  value === undefined || value === null || value === '';

/** Texts whose places say nothing: blanks are none, as for Rails. */
export const textsOf = (params: Params, name: string): string[] =>
  listOf(params, name)
    .filter((item) => !isBlank(item))
    .map(String);

/** The same of ids. */
export const idsOf = (params: Params, name: string): number[] =>
  textsOf(params, name).map(Number).filter(Number.isInteger);

/** Reads an object, also from JSON text: `tune[characteristics]={"eye_color":"green"}`. */
export function objectOf(params: Params, name: string): Params | null {
  const value = own(params, name);
  if (isParams(value)) return value;
  if (typeof value !== 'string') return null;
  try {
    const json: Param = JSON.parse(value);
    return isParams(json) ? json : null;
  } catch {
    return null;
  }
}

export const has = (params: Params, name: string): boolean => own(params, name) !== undefined;

/** Describes a body for the log, with files as descriptions. */
export function describe(value: Param): unknown {
  if (value instanceof File) return { filename: value.name, type: value.type, size: value.size };
  if (Array.isArray(value)) return value.map(describe);
  if (!isParams(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, describe(item)]));
}
