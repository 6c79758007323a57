/** What a test or a demo wants to go wrong, at which requests. */
export interface Fault {
  /** Any, when left out. */
  method?: string;
  /**
   * Of the path as requested, without its query: a part of it (`/tunes/1`), a glob of the whole (`/tunes/*`, `**` for
   * more than one segment), or a regexp (in JSON as text between slashes: `"/^.tunes$/"`). Any, when left out.
   */
  path?: string | RegExp;
  /** How many requests it meets; 1 when left out. */
  times?: number;
  /** Wall time before anything else. Alone, it only delays. */
  latencyMs?: number;
  /** Answered instead, with a body such as Rails, or the proxy before it, sends. */
  status?: number;
  /** The `Retry-After` header: seconds, or an HTTP date. */
  retryAfter?: number | string;
  /** The request takes its effect first: a 504, or a reset, whose write has happened. */
  afterWrite?: boolean;
  /** A body of your own: text as it is, anything else as JSON. */
  body?: unknown;
  /** Fields of the real answer that get another value, by dot path, `*` for each element: `{ "*.title": 7 }`. */
  patch?: Record<string, unknown>;
  /**
   * `reset`: the socket is destroyed instead of an answer. `halfway`: in the middle of the body. `cut-json`: half a body
   * that claims to be whole. `empty`: nothing, with the real status.
   */
  broken?: 'reset' | 'halfway' | 'cut-json' | 'empty';
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  list(): readonly Fault[];
  /** The first that is meant for this request, used once by it. */
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
  // `search` and not `test`, which remembers its place in a regexp with the flag `g`.
  return typeof pattern === 'string'
    ? (text) => text.includes(pattern)
    : (text) => text.search(pattern) >= 0;
}

function patternOf(text: string): string | RegExp {
  // Between slashes alone it could be a path: only what no path holds makes it a regexp.
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

/** Rails answers JSON; what the proxy before it answers in its place is a page. */
export function failureBody(status: number): { type: string; text: string } {
  const name = NAMES[status] ?? 'Error';
  if (status === 401) return { type: 'text/plain', text: 'HTTP Token: Access denied.' };
  // The body of a real 429 is unknown; this is what rack-attack sends, Rails' usual middleware for it.
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

/** A path that leads nowhere changes nothing. */
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
