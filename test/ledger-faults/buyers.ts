/** Those who buy prompts from a gateway, and what Astria has seen of it. */
import type { Emulator } from '../../src/emulator/serve.ts';

export type Outcome = 'done' | 'NOT_DONE' | 'UNKNOWN' | 'else';

export interface Told {
  key: string;
  outcome: Outcome;
  /** Of what was told, where it is neither of the three. */
  text: string;
}

const CREATE = `mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { id astriaId } } }`;
const FLUX = 1504944;

const textOf = (key: string) => `a pier for ${key}.`;

interface Answer {
  data?: { createPrompt: object | null } | null;
  errors?: { extensions?: { outcome?: string } }[];
}

/** One of the prompt that a key stands for. */
export async function buy(url: string, key: string, headers = {}): Promise<Told> {
  const input = { tuneId: FLUX, text: textOf(key), idempotencyKey: key };
  const text = await post(url, { query: CREATE, variables: { input } }, headers).catch(String);
  return { key, text, outcome: outcomeOf(text) };
}

export function outcomeOf(text: string): Outcome {
  if (!text.startsWith('{')) return 'else';
  const { data, errors } = JSON.parse(text) as Answer;
  if (data?.createPrompt) return 'done';
  const outcome = errors?.[0]?.extensions?.outcome;
  return outcome === 'NOT_DONE' || outcome === 'UNKNOWN' ? outcome : 'else';
}

/** Answers the body. */
export async function post(url: string, body: object, more = {}): Promise<string> {
  const headers = { 'content-type': 'application/json', ...more };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).text();
}

/** How often the prompt that a key stands for was sent to Astria. */
export const sentOf = ({ requests }: Emulator, key: string) =>
  requests.filter(
    ({ method, body }) => method === 'POST' && JSON.stringify(body)?.includes(textOf(key)),
  ).length;
