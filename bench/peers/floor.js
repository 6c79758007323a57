/**
 * No GraphQL at all: what is left when `node:http` answers the queries with as few calls and as little code as they
 * take in JavaScript. No server of this kind can be much below it, and one with a schema, checks and limits is above.
 */
import { createServer } from 'node:http';
import { Pool } from 'undici';
import { port, toPrompt, toTune, upstream } from './shared.js';

const pool = new Pool(upstream, { connections: 128 });

/** Body and all, by undici's cheapest way. */
const read = (path, authorization) =>
  new Promise((resolve, reject) => {
    const chunks = [];
    pool.dispatch(
      { method: 'GET', path, headers: authorization ? { authorization } : {} },
      {
        onRequestStart() {},
        onResponseStart() {},
        onResponseData: (_, chunk) => chunks.push(chunk),
        onResponseEnd: () => resolve(JSON.parse(Buffer.concat(chunks).toString())),
        onResponseError: (_, error) => reject(error),
      },
    );
  });

/** One operation begins in each turn of the event loop, as in the gateway: begun all at once they cost a third more. */
const line = [];
let isTaken = false;
function nextTurn() {
  const begin = line.shift();
  isTaken = begin !== undefined;
  if (!begin) return;
  setImmediate(nextTurn);
  begin();
}
function turn() {
  if (isTaken) return new Promise((begin) => line.push(begin));
  isTaken = true;
  setImmediate(nextTurn);
  return undefined;
}

const MOST = 120;

async function tunes(limit, authorization) {
  const rows = await read(`/tunes?limit=${limit}`, authorization);
  return { tunes: rows.map(toTune) };
}

/** Two calls: the tunes of all prompts lie in one window of the list. */
async function prompts(page, authorization) {
  const rows = await read(`/prompts?limit=${page}`, authorization);
  const ids = rows.map(({ tune_id }) => tune_id);
  const [highest, lowest] = [Math.max(...ids), Math.min(...ids)];
  const limit = Math.min(MOST, highest - lowest + 1);
  const window = await read(`/tunes?before_id=${highest + 1}&limit=${limit}`, authorization);
  const byId = new Map(window.map((tune) => [tune.id, tune]));
  return {
    prompts: rows.map((row) => {
      const { tuneId, ...prompt } = toPrompt(row);
      const { astriaId, title, token, branch, createdAt } = toTune(byId.get(tuneId));
      return { ...prompt, tune: { astriaId, title, token, branch, createdAt } };
    }),
  };
}

const PAGES = /(\w+): tunes\(limit: (\d+)(?:, before: (\d+))?\)/g;

/** One call for each page, all at once. */
async function pages(query, authorization) {
  const asked = [...query.matchAll(PAGES)].map(async ([, name, limit, before]) => {
    const rows = await read(
      `/tunes?${before ? `before_id=${before}&` : ''}limit=${limit}`,
      authorization,
    );
    return [name, rows.map(toTune)];
  });
  return Object.fromEntries(await Promise.all(asked));
}

function rowsFor(query, authorization) {
  if (query.includes('p0: ')) return pages(query, authorization);
  const [, list, limit] = query.match(/(\w+)\(limit: (\d+)\)/);
  return list === 'prompts' ? prompts(limit, authorization) : tunes(limit, authorization);
}

async function answerTo(query, authorization) {
  if (!query.includes('(')) return { __typename: 'Query' };
  await turn();
  return rowsFor(query, authorization);
}

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const { query } = JSON.parse(Buffer.concat(chunks).toString());
    const data = await answerTo(query, request.headers.authorization);
    const body = Buffer.from(JSON.stringify({ data }));
    response.writeHead(200, [
      ...['Content-Type', 'application/json; charset=utf-8'],
      ...['Content-Length', String(body.length)],
    ]);
    response.end(body);
  });
}).listen(port, '127.0.0.1');
