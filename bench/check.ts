/** Is a server's answer what it must be? Byte for byte, and for each caller their own. */
import { type Dialect, keyOf, normalised, type Query, reserveKeys } from './queries.ts';
import { requestOf, type Server, textFor } from './servers.ts';

export interface Fault {
  /** For the table. */
  what: string;
  /** For whoever looks for the cause. */
  detail: string;
}

/** What is wrong with the answers to so many callers at once; undefined where nothing is. */
export async function faultOf(server: Server, query: Query, callers: number) {
  const first = reserveKeys(callers);
  const keys = Array.from({ length: callers }, (_, index) => keyOf(first + index));
  const faults = await Promise.all(keys.map((key) => faultFor(server, query, key)));
  return faults.find((fault) => fault !== undefined);
}

/** In bytes, of any caller's answer: their keys are all of one length. */
export async function answerLength(server: Server, query: Query): Promise<number> {
  const request = requestOf(textFor(server, query), keyOf(reserveKeys(1)));
  const answer = await fetch(server.url, request);
  return (await answer.arrayBuffer()).byteLength;
}

async function faultFor(server: Server, query: Query, key: string): Promise<Fault | undefined> {
  try {
    const response = await fetch(server.url, requestOf(textFor(server, query), key));
    const text = await response.text();
    if (response.status !== 200) {
      return { what: `status ${response.status}`, detail: text.slice(0, 400) };
    }
    return faultIn(text, { dialect: server.dialect, expected: query.expected(key) });
  } catch (error) {
    return { what: 'no answer', detail: String(error) };
  }
}

const SHOWN = 80;

export function faultIn(
  answer: string,
  { dialect, expected }: { dialect: Dialect; expected: string },
): Fault | undefined {
  const found = normalised(answer, dialect);
  if (found === expected) return undefined;
  let at = 0;
  while (found[at] === expected[at]) at += 1;
  const piece = (text: string) => text.slice(Math.max(0, at - 20), at + SHOWN);
  return {
    what: 'wrong answer',
    detail: `at ${at}: ${piece(found)}\ninstead of: ${piece(expected)}`,
  };
}
