import type { IncomingMessage } from 'node:http';

/** What a client asks, by whichever method. */
export interface Question {
  query: string;
  operationName: string | null | undefined;
  variables: Record<string, unknown> | null | undefined;
}

const PATH = '/graphql';
const PARAMETERS = ['query', 'operationName', 'variables', 'extensions'];

/** Asks for `extensions.upstream`. */
export const REPORT_HEADER = 'x-upstream-report';
export const asksForReport = (header: string | string[] | null | undefined) => header === '1';

/** Whether the body is read as JSON. */
export const isJson = ({ headers: { 'content-type': type = '' } }: IncomingMessage) =>
  type === 'application/json' || type.startsWith('application/json;');

/** JSON under any name; without one it is refused anyhow. */
export const isLikeJson = (type = 'application/json') => /^application\/[\w.+-]*json\b/i.test(type);

/** The case of a type means nothing, but that of a boundary does. */
export function lowerType(headers: IncomingMessage['headers']) {
  const type = headers['content-type'];
  if (type && HAS_CAPITALS.test(type)) {
    headers['content-type'] = type.replace(/^[^;]*/, (name) => name.toLowerCase());
  }
}

const HAS_CAPITALS = /^[^;A-Z]*[A-Z]/;

/** Of uploads, which are not held: they go on as they come. */
export const isMultipart = (contentType: string | null | undefined) =>
  /^multipart\/form-data\b/i.test(contentType ?? '');

export const isForGraph = ({ url = '' }: IncomingMessage) =>
  url === PATH || url.startsWith(`${PATH}?`);

/** Undefined where anything about it is unusual: yoga then finds out what, and says so. */
export function questionIn(text: string): Question | undefined {
  try {
    return asQuestion(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The same of a GET, which has everything in its address. */
export function questionOf({ url = '' }: IncomingMessage): Question | undefined {
  try {
    const search = new URLSearchParams(url.slice(`${PATH}?`.length));
    // Which of two counts is for yoga to say.
    if (new Set(search.keys()).size < search.size) return undefined;
    const { variables, extensions, ...given } = Object.fromEntries(search);
    return asQuestion({
      ...given,
      ...(variables && { variables: JSON.parse(variables) }),
      ...(extensions && { extensions: JSON.parse(extensions) }),
    });
  } catch {
    return undefined;
  }
}

function asQuestion(params: unknown): Question | undefined {
  if (!isObject(params)) return undefined;
  const { query, operationName, variables, extensions } = params;
  for (const name in params) if (!PARAMETERS.includes(name)) return undefined;
  const isUsual =
    typeof query === 'string' &&
    (operationName == null || typeof operationName === 'string') &&
    (variables == null || isObject(variables)) &&
    (extensions == null || isObject(extensions));
  return isUsual ? ({ query, operationName, variables } as Question) : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
