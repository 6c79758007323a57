/** Who asks a gateway for what costs money. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Ground, type Mutation, madeIn, operationOf } from './mutations.ts';

/** What one was told: what was made, that it is not known, or anything else. */
export type Told =
  | { kind: 'made'; what: string }
  | { kind: 'UNKNOWN' }
  | { kind: 'nothing' }
  | { kind: 'else'; what: string };

export interface Order {
  mutation: Mutation;
  mark: string;
  ground: Ground;
  token: string;
  key: string | undefined;
}

/** `pauseMs` within the files, where there are any. */
export async function send(url: string, order: Order, pauseMs = 0): Promise<Told> {
  const { mutation, mark, ground, token, key } = order;
  const variables = { input: { ...mutation.input(mark, ground), idempotencyKey: key } };
  const asked = { query: operationOf(mutation), variables };
  const { type, body } =
    mutation.files.length > 0 ? formOf(asked, mutation, pauseMs) : jsonOf(asked);
  const headers = {
    ...{ 'content-type': type, authorization: `Bearer ${token}`, 'x-graphql-yoga-csrf': '1' },
    'apollo-require-preflight': 'true',
  };
  try {
    const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    return read(mutation, await (await fetch(url, init)).json());
  } catch {
    return { kind: 'nothing' };
  }
}

const jsonOf = (asked: object) => ({ type: 'application/json', body: JSON.stringify(asked) });

/** Written by hand, so that it can stop halfway. */
function formOf(asked: object, { files }: Mutation, pauseMs: number) {
  const map = Object.fromEntries(files.map((path, i) => [i, [`variables.input.${path}`]]));
  const part = (name: string, value: string) =>
    `--b\r\ncontent-disposition: form-data; ${name}\r\n\r\n${value}\r\n`;
  const head =
    part('name="operations"', JSON.stringify(asked)) + part('name="map"', JSON.stringify(map));
  const photos = files.map((_, i) =>
    part(
      `name="${i}"; filename="${i}.jpg"\r\ncontent-type: image/jpeg`,
      `GIF89a photo ${i} `.repeat(2000),
    ),
  );
  async function* chunks() {
    yield head;
    const text = `${photos.join('')}--b--\r\n`;
    yield text.slice(0, text.length / 2);
    if (pauseMs > 0) await sleep(pauseMs);
    yield text.slice(text.length / 2);
  }
  return { type: 'multipart/form-data; boundary=b', body: bytes(chunks()) };
}

async function* bytes(texts: AsyncIterable<string>) {
  for await (const text of texts) yield Buffer.from(text);
}

interface Answer {
  data?: Record<string, Record<string, { astriaId?: number } | null>> | null;
  errors?: { message: string; extensions?: { code?: string; outcome?: string } }[];
}

function read({ field }: Mutation, { data, errors }: Answer): Told {
  const payload = data?.[field];
  if (payload) return { kind: 'made', what: madeIn(payload) };
  if (errors?.[0]?.extensions?.outcome === 'UNKNOWN') return { kind: 'UNKNOWN' };
  return { kind: 'else', what: JSON.stringify(errors) };
}
