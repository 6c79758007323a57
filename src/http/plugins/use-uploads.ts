import type { IncomingMessage } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { Incoming } from '../incoming.ts';
import { isUpload } from '../params.ts';
import { UPLOAD_LIMITS, type UploadLimits } from '../uploads/limits.ts';
import { UploadReader } from '../uploads/reader.ts';

/**
 * Handles requests by the GraphQL multipart request specification. They are parsed as they arrive: yoga gets the variables with
 * an Upload in the place of each file, and the files are read when they are sent on.
 */
export function useUploads(
  limits: UploadLimits = UPLOAD_LIMITS,
): Plugin<object, Incoming & { req?: IncomingMessage }> {
  const readers = new WeakMap<Request, UploadReader>();
  return {
    onRequestParse({ request, serverContext: { req, caller, takeBytes }, setRequestParser }) {
      if (!caller || !req || !isUpload(req)) return;
      const reader = new UploadReader(req, req.headers, { ...limits, takeBytes });
      readers.set(request, reader);
      setRequestParser(() => reader.params);
    },
    onResponse: ({ request }) => readers.get(request)?.release(),
  };
}
