import { Readable } from 'node:stream';
import type { FetchAPI, Plugin } from 'graphql-yoga';
import { isMultipart } from './question.ts';
import { UPLOAD_LIMITS, type UploadLimits } from './upload-limits.ts';
import { UploadReader } from './upload-reader.ts';

/** Only what node:http hands over has one. */
type ServerContext = { req?: unknown };

/**
 * Requests by the GraphQL multipart request specification. They are parsed as they arrive: yoga gets the variables, with
 * an Upload in the place of each file, and the files are read when they are sent on.
 */
export function useUploads(limits: UploadLimits = UPLOAD_LIMITS): Plugin<object, ServerContext> {
  const starts = new WeakMap<Request, () => UploadReader>();
  const readers = new WeakMap<Request, UploadReader>();
  return {
    onRequest({ request, serverContext, setRequest, fetchAPI }) {
      if (request.method !== 'POST' || !isMultipart(request.headers.get('content-type'))) return;
      const bodiless = withoutBody(request, fetchAPI);
      const body = bodyOf(request, serverContext);
      starts.set(bodiless, () => new UploadReader(body, request.headers, limits));
      setRequest(bodiless);
    },
    onRequestParse({ request, setRequestParser }) {
      const reader = starts.get(request)?.();
      if (!reader) return;
      readers.set(request, reader);
      setRequestParser(() => reader.params);
    },
    onResponse: ({ request }) => readers.get(request)?.release(),
  };
}

/** What yoga sees: its own limit is for bodies that are held in memory, and would read this one. */
function withoutBody(request: Request, { Request, Headers }: FetchAPI) {
  const headers = new Headers(request.headers);
  headers.delete('content-length');
  return new Request(request.url, { method: 'POST', headers, signal: request.signal });
}

const bodyOf = (request: Request, { req }: ServerContext): Readable =>
  req instanceof Readable
    ? req
    : Readable.from((request.body ?? []) as AsyncIterable<Uint8Array>, { objectMode: false });
