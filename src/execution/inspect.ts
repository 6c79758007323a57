/** The depth to which nested lists and objects are shown. */
const MAX_DEPTH = 2;
const MAX_ELEMENTS = 10;

/** Formats a value as graphql-js does in its error messages. graphql-js does not export that function. */
export function inspect(value: unknown, around: readonly object[] = []): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return value.name ? `[function ${value.name}]` : '[function]';
  return typeof value === 'object' && value ? inspectObject(value, around) : String(value);
}

function inspectObject(value: object, around: readonly object[]): string {
  if (around.includes(value)) return '[Circular]';
  const path = [...around, value];
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    const json: unknown = value.toJSON();
    if (json !== value) return typeof json === 'string' ? json : inspect(json, path);
  } else if (Array.isArray(value)) return inspectList(value, path);
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  if (path.length > MAX_DEPTH) return `[${nameOf(value)}]`;
  return `{ ${entries.map(([key, inner]) => `${key}: ${inspect(inner, path)}`).join(', ')} }`;
}

function inspectList(list: readonly unknown[], path: readonly object[]): string {
  if (list.length === 0) return '[]';
  if (path.length > MAX_DEPTH) return '[Array]';
  const length = Math.min(list.length, MAX_ELEMENTS);
  const shown = Array.from({ length }, (_, at) => inspect(list[at], path));
  const left = list.length - shown.length;
  if (left > 0) shown.push(`... ${left} more item${left === 1 ? '' : 's'}`);
  return `[${shown.join(', ')}]`;
}

/** Returns the name of the object's class, if it has one. */
function nameOf(value: object): string {
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1);
  const { constructor: made } = value as { constructor?: unknown };
  if (tag !== 'Object' || typeof made !== 'function') return tag;
  return typeof made.name === 'string' && made.name ? made.name : tag;
}
