/** A gateway that Astria can call back. */
import type { JobsNews } from '../../src/observe/watch.ts';
import { startOutside } from './outside.ts';
import { startJobs } from './support.ts';

export const SECRET = 'a'.repeat(32);
export const OTHER = 'b'.repeat(32);
const FLUX = 1504944;
export const CREATE = `mutation Create($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { id callback } warnings { code } } }`;
export const input = { tuneId: FLUX, text: 'a pier' };

interface Created {
  createPrompt: { prompt: { id: string; callback: string | null } };
}

export async function startCalledBack(environment: Record<string, string> = {}) {
  const { received, url: PUBLIC_URL } = await startOutside();
  const outcomes: string[] = [];
  const onJobs = (news: JobsNews) => void (news.kind === 'callback' && outcomes.push(news.outcome));
  const gateway = await startJobs({
    environment: { PUBLIC_URL, CALLBACK_SECRET: SECRET, ...environment },
    watchers: () => [{ onJobs }],
  });
  const { fetch, run, emulator } = gateway;
  const post = async (path: string, body: string | Buffer, type = 'application/json') => {
    const headers = { 'content-type': type };
    const answer = await fetch(path, {
      method: 'POST',
      headers,
      body: new Uint8Array(Buffer.from(body)),
    });
    await answer.body?.cancel();
    return answer.status;
  };
  const create = async (more = {}) => {
    const { data, errors } = await run<Created>(CREATE, { input: { ...input, ...more } });
    if (!data) throw new Error(JSON.stringify(errors));
    return data.createPrompt.prompt;
  };
  /** The callbacks that Astria was given. */
  const given = () =>
    emulator.requests
      .map(({ body }) => body as { prompt?: { callback?: string } } | null)
      .flatMap((body) => body?.prompt?.callback ?? []);
  return { ...gateway, received, PUBLIC_URL, outcomes, post, create, given };
}

export const pathOf = (address: string | undefined) => new URL(address ?? '').pathname;
