/** A client of GraphQL over SSE, distinct connections mode, that shows what came. */
import type { ExecutionResult } from 'graphql';
import type { startJobs } from './support.ts';

export interface Told {
  event: string;
  id: string | undefined;
  result: ExecutionResult | undefined;
}

type Asked = { query: string; variables?: Record<string, unknown> };

/** Reads on by itself, unless it is asleep: then nothing is taken from the connection. */
export async function openEvents(url: string, asked: Asked, headers: Record<string, string> = {}) {
  const leaving = new AbortController();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify(asked),
    signal: leaving.signal,
  });
  const told: Told[] = [];
  let heartbeats = 0;
  async function read() {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of response.body ?? []) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        if (part.startsWith(':')) heartbeats++;
        else told.push(eventOf(part));
      }
    }
  }
  const ended = read().catch(() => {});
  return {
    response,
    told,
    ended,
    heartbeats: () => heartbeats,
    leave: () => leaving.abort(),
    /** What the fields of the root said, without what ended it. */
    values: () =>
      told.flatMap(({ result }) => Object.values(result?.data ?? {})) as Record<string, unknown>[],
  };
}

function eventOf(part: string): Told {
  const fields = new Map(
    part.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trimStart()] as const;
    }),
  );
  const data = fields.get('data');
  return {
    event: fields.get('event') ?? 'message',
    id: fields.get('id'),
    result: data ? JSON.parse(data) : undefined,
  };
}

type Runner = Pick<Awaited<ReturnType<typeof startJobs>>, 'run' | 'url' | 'passUntil'>;

/** An example as its client would ask it. Of a subscription to what is done already there is one event. */
export async function runAny(
  { run, url, passUntil }: Runner,
  query: string,
  variables: Record<string, unknown>,
): Promise<ExecutionResult> {
  if (!/^subscription/m.test(query)) {
    const answer = run(query, variables);
    // Astria takes its time for it.
    if (query.includes('inspectVideo(')) await passUntil(answer);
    return answer;
  }
  const { ended, told } = await openEvents(url, { query, variables });
  await ended;
  if (told.map(({ event }) => event).join() !== 'next,complete') throw new Error('not one event');
  return told[0]?.result as ExecutionResult;
}
