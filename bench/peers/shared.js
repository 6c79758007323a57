/** What the peers in JavaScript have in common: the schema, the names, and a client that keeps its connections. */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';

const [, , portText, upstream] = process.argv;
export const port = Number(portText);
export { upstream };

export const typeDefs = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8');

/**
 * Renamed once for each row, which is cheaper than a resolver for each field. What is missing is null at once: `floor`
 * has no GraphQL that would see to it.
 */
export const toTune = (row) => ({
  astriaId: row.id,
  title: row.title ?? null,
  name: row.name ?? null,
  token: row.token ?? null,
  branch: row.branch ?? null,
  modelType: row.model_type ?? null,
  steps: row.steps ?? null,
  createdAt: row.created_at ?? null,
  trainedAt: row.trained_at ?? null,
  expiresAt: row.expires_at ?? null,
});

export const toPrompt = (row) => ({
  astriaId: row.id,
  text: row.text ?? null,
  numImages: row.num_images ?? null,
  w: row.w ?? null,
  h: row.h ?? null,
  createdAt: row.created_at ?? null,
  trainedAt: row.trained_at ?? null,
  tuneId: row.tune_id,
});

/** As many connections as the gateway opens. */
const dispatcher = new Agent({ connections: 128 });

/** Astria's answer to one caller. */
async function read(path, authorization) {
  const headers = { accept: 'application/json', ...(authorization && { authorization }) };
  const { statusCode, body } = await request(upstream + path, { headers, dispatcher });
  if (statusCode === 200) return body.json();
  await body.dump();
  throw new Error(`Astria answered ${statusCode}`);
}

const asItCame = (body) => body;

/** What the resolvers read by. Each body goes through a check, if there is one, which gives it back or throws. */
export function readsWith({ tune = asItCame, tunes = asItCame, prompts = asItCame } = {}) {
  return {
    readTunes: async (limit, authorization) =>
      tunes(await read(`/tunes?limit=${limit}`, authorization)).map(toTune),
    readPrompts: async (limit, authorization) =>
      prompts(await read(`/prompts?limit=${limit}`, authorization)).map(toPrompt),
    /** One by one: Astria has no way to ask for several. */
    readTunesById: (ids, authorization) =>
      Promise.all(ids.map(async (id) => toTune(tune(await read(`/tunes/${id}`, authorization))))),
  };
}
