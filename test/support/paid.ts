/** Mutations that cost money, and what reached Astria of them. */
import { startGateway, type TestGatewayOptions } from './gateway.ts';

export const FLUX = 1504944;
export const PHOTO = 'https://a.example/1.jpg';

const CREATE_TUNE = `mutation ($input: CreateTuneInput!) {
  createTune(input: $input) { tune { astriaId title } warnings { code } }
}`;
const CREATE_PROMPT = `mutation ($input: CreatePromptInput!) {
  createPrompt(input: $input) { prompt { astriaId text } warnings { code } }
}`;

export const FOUND = [{ code: 'FOUND' }];
/** The write takes effect, and its answer is lost. */
export const LOST = { method: 'POST', status: 504, afterWrite: true } as const;
export const UNKNOWN = { code: 'UPSTREAM_TIMEOUT', outcome: 'UNKNOWN' };

type Created = { createPrompt: { prompt: { astriaId: number; text: string }; warnings: object[] } };

export async function startPaid(options: TestGatewayOptions = {}) {
  const gateway = await startGateway(options);
  return {
    ...gateway,
    writes: () => gateway.requests().filter((request) => request.startsWith('POST')),
    prompt: (input: object, headers?: Record<string, string>) =>
      gateway.run<Created>(
        CREATE_PROMPT,
        { input: { tuneId: FLUX, text: 'a pier', ...input } },
        headers,
      ),
    tune: (input: object = {}) =>
      gateway.run(CREATE_TUNE, { input: { title: 'Ines', imageUrls: [PHOTO], ...input } }),
  };
}
