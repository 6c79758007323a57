/** What every answer has to be, whatever was asked. */
import type { Answer, Attack, Outcome } from './raw.ts';
import { messagesIn } from './sockets.ts';

const CODES = new Set([
  ...['VALIDATION_FAILED', 'UNAUTHENTICATED', 'BAD_REQUEST', 'FORBIDDEN', 'NOT_FOUND'],
  ...[
    'RATE_LIMITED',
    'OVERLOADED',
    'UPSTREAM_TIMEOUT',
    'UPSTREAM_UNAVAILABLE',
    'UPSTREAM_CONTRACT',
  ],
  'OPERATION_TOO_COMPLEX',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);
/** Statuses whose answers have no body. Every refusal has one. */
const PLAIN = new Set([204, 304]);
const ERROR_KEYS = new Set(['message', 'locations', 'path', 'extensions']);

/** A sentence for each thing that is not as it should be. */
export function faultsOf(attack: Attack, outcome: Outcome, secrets: readonly string[]): string[] {
  const { answers, text, isTimedOut } = outcome;
  const messages = messagesIn(text);
  const faults = answers.flatMap((answer) => faultsOfAnswer(attack, answer));
  faults.push(...messages.flatMap(faultsOfMessage));
  if (isTimedOut) faults.push('it was not answered in time');
  else if (answers.length === 0 && !attack.isBroken) faults.push('it was not answered');
  for (const secret of secrets) {
    if (text.includes(secret)) faults.push(`the answer holds the secret ${secret}`);
  }
  return faults;
}

function faultsOfAnswer({ method }: Attack, { status, headers, body }: Answer): string[] {
  // More is to come.
  if (status === 100 || status === 101) return [];
  const faults = [...headers.keys()]
    .filter((name) => name.includes('injected'))
    .map((name) => `the answer has the header ${name}`);
  if (status >= 500 && status !== 503) faults.push(`status ${status}: ${body.slice(0, 300)}`);
  if (method === 'HEAD') return faults;
  const type = headers.get('content-type') ?? '';
  if (/^application\/(graphql-response\+)?json/.test(type)) {
    faults.push(...faultsOfJson(body));
  } else if (type.startsWith('text/event-stream')) {
    for (const [, data] of body.matchAll(/^data: (.+)$/gm))
      faults.push(...faultsOfJson(data ?? ''));
  } else if (type.startsWith('text/html')) {
    if (!body.includes('Astria GraphQL')) faults.push(`a page of its own: ${body.slice(0, 300)}`);
  } else if (type.startsWith('multipart/mixed')) {
    for (const [, data] of body.matchAll(/^(\{.+\})\r?$/gm))
      faults.push(...faultsOfJson(data ?? ''));
  } else if (!PLAIN.has(status) || body !== '') {
    faults.push(`status ${status} of type ${JSON.stringify(type)}: ${body.slice(0, 300)}`);
  }
  return faults;
}

/** Of a WebSocket. */
function faultsOfMessage({ type, payload }: Record<string, unknown>): string[] {
  if (type === 'error') return faultsOfResult({ errors: payload });
  return type === 'next' ? faultsOfResult(payload) : [];
}

function faultsOfJson(text: string): string[] {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return [`the answer is no JSON: ${text.slice(0, 300)}`];
  }
  // A health check.
  if (isObject(answer) && 'status' in answer) return [];
  // A message of MCP.
  if (isObject(answer) && answer.jsonrpc === '2.0') return faultsOfSource(text);
  return [answer].flat().flatMap(faultsOfResult);
}

const faultsOfSource = (shown: string) =>
  /\bat [^\n]*(?:\/src\/|node_modules|\.[jt]s:\d)/.test(shown)
    ? [`it tells of the source: ${shown.slice(0, 500)}`]
    : [];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function faultsOfResult(result: unknown): string[] {
  if (!isObject(result) || !('data' in result || 'errors' in result)) {
    return [`no answer of GraphQL's: ${JSON.stringify(result)}`];
  }
  const { errors = [] } = result;
  if (!Array.isArray(errors)) return ['errors are no list'];
  return errors.flatMap((error: Record<string, unknown>) => {
    const { message, extensions } = error;
    const { code } = (extensions ?? {}) as { code?: string };
    const shown = JSON.stringify(error).slice(0, 500);
    const isSound =
      typeof message === 'string' && Object.keys(error).every((key) => ERROR_KEYS.has(key));
    return [
      ...(isSound ? [] : [`an error of another form: ${shown}`]),
      ...(code && CODES.has(code) ? [] : [`the code ${code}: ${shown}`]),
      ...faultsOfSource(shown),
    ];
  });
}
