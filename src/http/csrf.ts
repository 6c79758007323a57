import type { IncomingMessage } from 'node:http';
import { forbidden, unsupportedMedia } from '../graphql/errors.ts';
import { contentTypeOf, isForm, isJson } from './params.ts';

/** Either header makes a browser send a preflight first, which CORS answers. */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-requested-with'];

/**
 * Refuses requests that a page of another site can cause without CORS: a link, an image or a form. They could act for a caller
 * who is recognized by its address. What `fetch` may send and read is decided by CORS: without it a page can send a query by
 * GET but cannot read the answer. https://www.w3.org/TR/fetch-metadata/
 */
export function checkCsrf(request: IncomingMessage) {
  const { method, headers } = request;
  if (headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] !== 'cors') {
    throw forbidden(
      'A page of another site asked for this without CORS: ask with `fetch`, or from a page of this site.',
    );
  }
  if (method === 'POST') checkContentType(contentTypeOf(request), headers);
}

/** Demands a header that a form cannot send from every POST that a form could send. */
function checkContentType(type: string | undefined, headers: IncomingMessage['headers']) {
  if (!type) throw unsupportedMedia('A POST needs a `Content-Type`: send `application/json`.');
  if (isJson(type)) return;
  if (!isForm(type)) {
    throw unsupportedMedia(`A POST of \`${type}\` cannot be read: send \`application/json\`.`);
  }
  if (PREFLIGHT_HEADERS.some((header) => header in headers)) return;
  throw unsupportedMedia(
    `A POST of \`${type}\` needs the header \`Apollo-Require-Preflight: true\`, or send JSON.`,
  );
}
