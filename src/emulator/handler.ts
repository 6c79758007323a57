/** `GET /tunes/:id`: a method and the template of a path. */
export type Endpoint = `${'GET' | 'POST' | 'PATCH' | 'DELETE'} /${string}`;

/** The named parts of a path. */
type Path = Record<string, string>;

/** One endpoint, and what answers it. */
export interface Handler {
  method: string;
  /** With a group for each named part. */
  pattern: RegExp;
  answer(request: Request, path: Path): Response | Promise<Response>;
}

export function handler(endpoint: Endpoint, answer: Handler['answer']): Handler {
  const [method = '', path = ''] = endpoint.split(' ');
  return { method, pattern: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`), answer };
}

/** Of the first that it is for; undefined where there is none. */
export function answerOf(handlers: readonly Handler[], request: Request) {
  const { pathname } = new URL(request.url);
  for (const { method, pattern, answer } of handlers) {
    const match = method === request.method && pattern.exec(pathname);
    if (match) return answer(request, decoded(match.groups));
  }
  return undefined;
}

/** What is not encoded as it should be stays as it came: nothing has such a name. */
const decoded = (groups: Path = {}): Path =>
  Object.fromEntries(Object.entries(groups).map(([name, part]) => [name, decodedPart(part)]));

function decodedPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
