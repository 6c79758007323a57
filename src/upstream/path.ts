export type Params = Record<string, string | number>;

type Value = string | number | boolean | readonly string[] | null | undefined;
export type Query = { [name: string]: Value };

/** `/tunes/:id` with `{ id: 1 }` and `{ limit: 20, name: ['man'] }` is `/tunes/1?limit=20&name%5B%5D=man`. */
export function pathOf(template: string, params: Params = {}, query: Query = {}): string {
  const path = template.replace(/:(\w+)/g, (_, name) => encodeURIComponent(params[name] ?? ''));
  const search = searchOf(query);
  return search ? `${path}?${search}` : path;
}

/** Encodes lists as `name[]`, as Rails reads them. A false flag is left out, because Astria knows flags only as `true`. */
function searchOf(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'object') for (const item of value) search.append(`${name}[]`, item);
    else search.append(name, String(value));
  }
  return search.toString();
}
