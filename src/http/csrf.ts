import type { IncomingMessage } from 'node:http';
import { forbidden, unsupportedMedia } from '../graphql/errors.ts';
import { contentTypeOf, isForm, isJson } from './params.ts';

/** Either makes a browser ask first whether another site's page may send the request: CORS answers. */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-requested-with'];

/**
 * A page of any site can have a browser follow a link, load an image or post a form, as whoever is known by where they are.
 * That is refused here. What `fetch` may send and read is for CORS to say: without its leave a page can ask a query by GET, and
 * never sees the answer. https://www.w3.org/TR/fetch-metadata/
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

/** A POST that a form could send has to bring a header that a form cannot. */
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
