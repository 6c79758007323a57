import type { ServerResponse } from 'node:http';

/** A complete answer, made once for all requests that share it. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** The id of the request for which it was made. */
  requestId: string;
}

/** Reads yoga's whole response. A stream can be read too, because no result of a query is followed by another one. */
export async function answerOf(response: Response, requestId: string): Promise<Answer> {
  const body = Buffer.from(await response.text());
  // Headers of the connection, which yoga does not know.
  for (const name of ['transfer-encoding', 'connection']) response.headers.delete(name);
  const headers = Object.fromEntries(response.headers);
  headers['content-length'] = String(body.length);
  return { status: response.status, headers, body, requestId };
}

/** The bytes that are written at once. Progress of these writes shows whether the client reads. */
const PIECE_BYTES = 256_000;

export function send(response: ServerResponse, { status, headers, body }: Answer) {
  response.writeHead(status, headers);
  sendFrom(response, body, 0);
}

function sendFrom(response: ServerResponse, body: Buffer, start: number) {
  if (response.destroyed) return;
  const end = start + PIECE_BYTES;
  if (end >= body.length) response.end(start === 0 ? body : body.subarray(start));
  else response.write(body.subarray(start, end), () => sendFrom(response, body, end));
}

/** Answers requests that do not reach yoga. */
export function sendJson(response: ServerResponse, status: number, body: object) {
  const text = JSON.stringify(body);
  const length = String(Buffer.byteLength(text));
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': length };
  response.writeHead(status, headers).end(text);
}
