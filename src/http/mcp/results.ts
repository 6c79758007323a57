/** Words a result of the graph for a model. */
import type { CallToolResult } from '@modelcontextprotocol/server';
import type { ExecutionResult, GraphQLError } from 'graphql';

/** More links would mostly repeat what the text lists. */
const MAX_LINKS = 40;

type Content = CallToolResult['content'];
type Data = Record<string, unknown>;

/** Returns the data as text and in structured form, with a link for each image. `note` comes first. */
export function answered(data: Data, note?: string): CallToolResult {
  const content: Content = [...(note ? [textOf(note)] : []), textOf(JSON.stringify(data))];
  return { content: [...content, ...linksIn(data).slice(0, MAX_LINKS)], structuredContent: data };
}

/** Returns the answer to an operation. Data with errors is an answer too, if there is any: the errors name the missing parts. */
export function resultOf({ data, errors = [] }: ExecutionResult, note?: string): CallToolResult {
  if (!data || (errors.length > 0 && Object.values(data).every((value) => value === null))) {
    return refused(errors.map(sentenceOf));
  }
  const missing = errors.map(
    (error) => `Missing: ${(error.path ?? []).join('.')}. ${sentenceOf(error)}`,
  );
  return answered(data, [...(note ? [note] : []), ...missing].join('\n'));
}

/** Returns an error that the model sees and can act on. An error of the protocol would reach the program around it only. */
const refused = (sentences: readonly string[]): CallToolResult => ({
  content: [textOf(sentences.join('\n'))],
  isError: true,
});

const textOf = (text: string) => ({ type: 'text' as const, text });

const OUTCOMES: Record<string, string> = {
  NOT_DONE: 'Nothing was made, and nothing was paid.',
  UNKNOWN:
    'It may have been made and paid for. Call again with the same arguments and the same idempotencyKey, never with a new one.',
};

/** Returns the message, and what to do. */
function sentenceOf({ message, extensions }: GraphQLError): string {
  const { code, outcome, retryAfterMs, resetsAt } = extensions;
  return [
    `${code}: ${/[.!?…]$/.test(message) ? message : `${message}.`}`,
    OUTCOMES[String(outcome)],
    typeof resetsAt === 'string' ? `The budget starts again at ${resetsAt}.` : undefined,
    typeof retryAfterMs === 'number'
      ? `Try again in ${Math.ceil(retryAfterMs / 1000)} s.`
      : undefined,
  ]
    .filter(Boolean)
    .join(' ');
}

/** Finds what has an address and a content type, at any depth. */
function linksIn(value: unknown): Content {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(linksIn);
  const { url, contentType } = value as { url?: unknown; contentType?: unknown };
  if (typeof url === 'string' && contentType !== undefined) return [linkTo(url, contentType)];
  return Object.values(value).flatMap(linksIn);
}

const linkTo = (uri: string, mimeType: unknown): Content[number] => ({
  type: 'resource_link',
  uri,
  name: URL.parse(uri)?.pathname.split('/').at(-1) || uri,
  ...(typeof mimeType === 'string' && { mimeType }),
});
