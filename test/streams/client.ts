/** A client of a stream, over a connection of its own. */
import { Agent, type IncomingMessage, request } from 'node:http';
import { globalId } from '../../src/graphql/ids.ts';

export interface JobTold {
  isDone: boolean;
  cursor: string;
  node: {
    id: string;
    status: string;
    astriaId?: number;
    images?: unknown[];
    text?: string;
    updatedAt?: string;
  };
}

export interface Asked {
  ids: readonly number[];
  key: string;
  after?: string | undefined;
  /** Of the node. */
  fields?: string;
}

export interface Reader {
  /** Whether all was told; false where the connection ended before. */
  ended: Promise<boolean>;
  /** Nothing is taken from the connection. */
  sleep(): void;
  wake(): void;
  leave(): void;
}

const agent = new Agent({ keepAlive: false });

export function openJobs(
  url: string,
  asked: Asked,
  onTold: (told: JobTold) => void,
  onError: (errors: string) => void = fail,
): Reader {
  const { ids, key, after, fields = 'status' } = asked;
  const query = `subscription ($ids: [ID!]!, $after: String) { jobs(ids: $ids, after: $after) { isDone cursor node { id ... on Prompt { ${fields} } } } }`;
  const variables = { ids: ids.map((id) => globalId('Prompt', id)), after };
  const { promise: ended, resolve } = Promise.withResolvers<boolean>();
  let taken: IncomingMessage | undefined;
  const outgoing = request(url, {
    ...{ method: 'POST', agent },
    headers: {
      ...{ accept: 'text/event-stream', 'content-type': 'application/json' },
      authorization: `Bearer ${key}`,
    },
  });
  outgoing.on('error', () => resolve(false)).end(JSON.stringify({ query, variables }));
  outgoing.on('response', (response) => {
    taken = response.setEncoding('utf8');
    const read = reader(onTold, onError);
    let isWhole = false;
    response.on('data', (text: string) => {
      isWhole ||= read(text);
    });
    response.on('error', () => {}).on('close', () => resolve(isWhole));
  });
  return {
    ended,
    sleep: () => void taken?.pause(),
    wake: () => void taken?.resume(),
    leave: () => outgoing.destroy(),
  };
}

function fail(errors: string): never {
  throw new Error(errors);
}

/** Answers whether that was the end. */
function reader(onTold: (told: JobTold) => void, onError: (errors: string) => void) {
  let rest = '';
  return (text: string): boolean => {
    const parts = (rest + text).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      if (part.startsWith('event: complete')) return true;
      const data = /^data: (.*)$/m.exec(part)?.[1];
      const { jobs } = data ? (JSON.parse(data).data ?? {}) : {};
      if (jobs) onTold(jobs);
      else if (data) onError(data);
    }
    return false;
  };
}

export interface Answer {
  data?: Record<
    string,
    { prompt: { id: string; astriaId: number } | null; warnings?: { code: string }[] }
  >;
  errors?: { message: string }[];
}

export async function createPrompt(url: string, key: string, text: string): Promise<Answer> {
  const query =
    'mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { id astriaId } warnings { code } } }';
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables: { input: { tuneId: 1504944, text } } }),
  });
  return (await answer.json()) as Answer;
}
