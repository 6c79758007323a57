import type { ServerResponse } from 'node:http';
import { dropIfStalled } from './stalled.ts';

/** An answer as it is written: once for all who share it. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** Of the request for which it was made. */
  requestId: string;
}

/** Reads yoga's response whole: for what is no stream. */
export async function answerOf(response: Response, requestId: string): Promise<Answer> {
  const body = Buffer.from(await response.text());
  const headers = Object.fromEntries(response.headers);
  headers['content-length'] = String(body.length);
  return { status: response.status, headers, body, requestId };
}

export function send(response: ServerResponse, { status, headers, body }: Answer) {
  // The client may have left.
  if (response.destroyed) return;
  response.writeHead(status, headers).end(body);
  dropIfStalled(response);
}

/** For what never was yoga's. */
export function sendJson(response: ServerResponse, status: number, body: object) {
  const text = JSON.stringify(body);
  const length = String(Buffer.byteLength(text));
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': length };
  response.writeHead(status, headers).end(text);
}
