/** A fault that a test or a demo arms, and the requests that it affects. */
export interface Fault {
  /** Any method if left out. */
  method?: string;
  /**
   * Matches the path without its query: a part of it (`/tunes/1`), a glob of the whole path (`/tunes/*`, `**` for several
   * segments), or a regular expression (in JSON as text between slashes: `"/^.tunes$/"`). Any path if left out.
   */
  path?: string | RegExp;
  /** How many requests it affects. 1 if left out. */
  times?: number;
  /** Wall time to wait before anything else. Alone it only delays. */
  latencyMs?: number;
  /** The status to answer instead, with a body such as Rails or the proxy in front of it sends. */
  status?: number;
  /** The `Retry-After` header: seconds, or an HTTP date. */
  retryAfter?: number | string;
  /** The request takes effect before it fails: a 504 or a reset after the write was done. */
  afterWrite?: boolean;
  /** The body to answer: a text as it is, anything else as JSON. */
  body?: unknown;
  /** New values for fields of the real answer, by dot path with `*` for each element: `{ "*.title": 7 }`. */
  patch?: Record<string, unknown>;
  /**
   * `reset`: the connection is closed without an answer. `halfway`: it is closed in the middle of the body. `cut-json`: half a
   * body with a matching length. `empty`: the real status without a body.
   */
  broken?: 'reset' | 'halfway' | 'cut-json' | 'empty';
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  list(): readonly Fault[];
  /** Returns the first fault for this request, and uses it once. */
  take(method: string, path: string): Fault | undefined;
}

export function createFaults(): Faults {
  let armed: { fault: Fault; left: number; matches: (path: string) => boolean }[] = [];
  return {
    add(fault) {
      armed.push({ fault, left: fault.times ?? 1, matches: matcherOf(fault.path) });
    },
    clear() {
      armed = [];
    },
    list: () => armed.map(({ fault, left }) => ({ ...fault, times: left })),
    take(method, path) {
      const hit = armed.find(
        ({ fault, matches }) =>
          (fault.method === undefined || fault.method.toUpperCase() === method) && matches(path),
      );
      if (!hit) return undefined;
      hit.left -= 1;
      if (hit.left <= 0) armed = armed.filter((other) => other !== hit);
      return hit.fault;
    },
  };
}

function matcherOf(path: Fault['path']): (path: string) => boolean {
  if (path === undefined) return () => true;
  const pattern = typeof path === 'string' ? patternOf(path) : path;
  // `search` instead of `test`, because `test` keeps its position in a regular expression with the flag `g`.
  return typeof pattern === 'string'
    ? (text) => text.includes(pattern)
    : (text) => text.search(pattern) >= 0;
}

function patternOf(text: string): string | RegExp {
  // Text between slashes could be a path. It is a regular expression only if it contains characters that no path has.
  const regexp = /^\/(.*[\\^$|([+?].*)\/$/.exec(text)?.[1];
  if (regexp !== undefined) return new RegExp(regexp);
  if (!text.includes('*')) return text;
  const escaped = text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  const glob = escaped.replaceAll(/\*+/g, (stars) => (stars === '*' ? '[^/]*' : '.*'));
  return new RegExp(`^${glob}$`);
}

const NAMES: Record<number, string> = {
  400: 'Bad Request',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  422: 'Unprocessable Entity',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** Rails answers JSON. The proxy in front of it answers with an HTML page. */
export function failureBody(status: number): { type: string; text: string } {
  const name = NAMES[status] ?? 'Error';
  if (status === 401) return { type: 'text/plain', text: 'HTTP Token: Access denied.' };
  // The body of a real 429 is unknown. This is what rack-attack sends, the usual middleware for Rails.
  if (status === 429) return { type: 'text/plain', text: 'Retry later\n' };
  if (status > 500) {
    const title = `<title>${status} ${name}</title>`;
    const body = `<center><h1>${status} ${name}</h1></center>\r\n<hr><center>nginx</center>`;
    const text = `<html>\r\n<head>${title}</head>\r\n<body>\r\n${body}\r\n</body>\r\n</html>\r\n`;
    return { type: 'text/html', text };
  }
  const text = JSON.stringify({ status, error: name });
  return { type: 'application/json; charset=utf-8', text };
}

/** Applies a patch. A path that does not exist changes nothing. */
export function patched(text: string, patch: Record<string, unknown>): string {
  const body: unknown = JSON.parse(text);
  for (const [path, value] of Object.entries(patch)) put(body, path.split('.'), value);
  return JSON.stringify(body);
}

function put(target: unknown, [key = '', ...rest]: string[], value: unknown): void {
  if (typeof target !== 'object' || target === null || key === '__proto__') return;
  const holder = target as Record<string, unknown>;
  for (const name of key === '*' ? Object.keys(holder) : [key]) {
    if (rest.length === 0) holder[name] = value;
    else put(holder[name], rest, value);
  }
}
