/** What the peers in JavaScript have in common: the schema, the names, and a client that keeps its connections. */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';

const [, , portText, upstream] = process.argv;
export const port = Number(portText);
export { upstream };

export const typeDefs = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8');

/** Renamed once for each row, which is cheaper than a resolver for each field. */
export const toTune = (row) => ({
  astriaId: row.id,
  title: row.title,
  name: row.name,
  token: row.token,
  branch: row.branch,
  modelType: row.model_type,
  steps: row.steps,
  createdAt: row.created_at,
  trainedAt: row.trained_at,
  expiresAt: row.expires_at,
});

export const toPrompt = (row) => ({
  astriaId: row.id,
  text: row.text,
  numImages: row.num_images,
  w: row.w,
  h: row.h,
  createdAt: row.created_at,
  trainedAt: row.trained_at,
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

export const readTunes = async (limit, authorization) =>
  (await read(`/tunes?limit=${limit}`, authorization)).map(toTune);

export const readPrompts = async (limit, authorization) =>
  (await read(`/prompts?limit=${limit}`, authorization)).map(toPrompt);

/** One by one: Astria has no way to ask for several. */
export const readTunesById = (ids, authorization) =>
  Promise.all(ids.map(async (id) => toTune(await read(`/tunes/${id}`, authorization))));
