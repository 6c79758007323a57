/** A method and a path template: `GET /tunes/:id`. */
export type Endpoint = `${'GET' | 'POST' | 'PATCH' | 'DELETE'} /${string}`;

/** The values of the path's parameters. */
type Path = Record<string, string>;

/** An endpoint and the function that answers it. */
export interface Handler {
  method: string;
  /** Has a named group for each parameter. */
  pattern: RegExp;
  answer(request: Request, path: Path): Response | Promise<Response>;
}

export function handler(endpoint: Endpoint, answer: Handler['answer']): Handler {
  const [method = '', path = ''] = endpoint.split(' ');
  return { method, pattern: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`), answer };
}

/** Answers by the first handler that matches. Returns undefined if none does. */
export function answerOf(handlers: readonly Handler[], request: Request) {
  const { pathname } = new URL(request.url);
  for (const { method, pattern, answer } of handlers) {
    const match = method === request.method && pattern.exec(pathname);
    if (match) return answer(request, decoded(match.groups));
  }
  return undefined;
}

/** A badly encoded part stays as it is. Nothing has such a name. */
const decoded = (groups: Path = {}): Path =>
  Object.fromEntries(Object.entries(groups).map(([name, part]) => [name, decodedPart(part)]));

function decodedPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
