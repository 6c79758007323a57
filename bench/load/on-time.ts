/** Requests that are sent when they are due, whatever has become of those before. */
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../check.ts';
import { randomFrom } from '../upstream/random.ts';

export interface Question {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
}

export interface Answered {
  /** From when it was due to be sent, not from when it was: a sender that is held up must not hide it. */
  ms: number;
  /** One for each question that belongs to it, which are asked one after the other. */
  texts: string[];
  fault: Fault | undefined;
}

/**
 * So many a second, at times that are fixed beforehand and the same for everybody. Within its share of the second each
 * is due at a moment of its own: at even distances every answer after a tenth of a second would meet a question.
 */
export async function askOnTime(
  asked: readonly (readonly Question[])[],
  perSecond: number,
): Promise<Answered[]> {
  const agent = new Agent({ keepAlive: true });
  const { below } = randomFrom(1);
  const share = 1000 / perSecond;
  const begun = performance.now() + share;
  const due = asked.map((_, index) => begun + index * share + (below(1000) / 1000) * share);
  const answers: Promise<Answered>[] = [];
  for (const [index, questions] of asked.entries()) {
    const at = due[index] ?? 0;
    await sleep(Math.max(0, Math.ceil(at - performance.now())));
    answers.push(answerTo(questions, { at, agent }));
  }
  const all = await Promise.all(answers);
  agent.destroy();
  return all;
}

async function answerTo(
  questions: readonly Question[],
  { at, agent }: { at: number; agent: Agent },
): Promise<Answered> {
  const texts: string[] = [];
  let fault: Fault | undefined;
  try {
    for (const question of questions) {
      const { status, text } = await answer(question, agent);
      texts.push(text);
      if (status !== 200) fault = { what: `status ${status}`, detail: text.slice(0, 400) };
    }
  } catch (error) {
    fault = { what: 'no answer', detail: String(error) };
  }
  return { ms: performance.now() - at, texts, fault };
}

async function answer({ url, method, headers, body }: Question, agent: Agent) {
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const outgoing = request(url, { method, headers: { ...headers, ...length }, agent });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const text = Buffer.concat(await incoming.toArray()).toString();
  return { status: incoming.statusCode, text };
}
