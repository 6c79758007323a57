import type { ServerResponse } from 'node:http';

/** An answer as it is written: once for all who share it. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** Of the request for which it was made. */
  requestId: string;
}

/** Reads yoga's response whole. A stream is one too: nothing in the graph goes on after its first result. */
export async function answerOf(response: Response, requestId: string): Promise<Answer> {
  const body = Buffer.from(await response.text());
  // Of the connection, which is not yoga's.
  for (const name of ['transfer-encoding', 'connection']) response.headers.delete(name);
  const headers = Object.fromEntries(response.headers);
  headers['content-length'] = String(body.length);
  return { status: response.status, headers, body, requestId };
}

/** So much is handed over at once: whether a client takes something shows by its being done. */
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

/** For what never was yoga's. */
export function sendJson(response: ServerResponse, status: number, body: object) {
  const text = JSON.stringify(body);
  const length = String(Buffer.byteLength(text));
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': length };
  response.writeHead(status, headers).end(text);
}
