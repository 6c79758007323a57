import type { Plugin } from 'graphql-yoga';
import { unsupportedMedia } from '../graphql/errors.ts';
import { isLikeJson, isMultipart } from './question.ts';

/** What can be read, but for JSON and files. */
const OTHERS = /^application\/(?:graphql|x-www-form-urlencoded)\b/;

/** Either makes a browser ask first whether another site's page may send the request; nobody says yes here. */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-requested-with'];

/**
 * A page of any site can have a browser post a form, or text, wherever it likes, and as whoever is known by where they are.
 * So such a request has to bring a header that a form cannot.
 */
export const useCsrfPrevention = (): Plugin => ({
  onRequestParse({ request }) {
    if (request.method !== 'POST') return;
    const type = request.headers.get('content-type');
    if (!type) throw unsupportedMedia('A POST needs a `Content-Type`: send `application/json`.');
    if (isLikeJson(type)) return;
    const name = type.split(';')[0];
    if (!OTHERS.test(type) && !isMultipart(type)) {
      throw unsupportedMedia(`A POST of \`${name}\` cannot be read: send \`application/json\`.`);
    }
    if (PREFLIGHT_HEADERS.some((header) => request.headers.has(header))) return;
    throw unsupportedMedia(
      `A POST of \`${name}\` needs the header \`Apollo-Require-Preflight: true\`, or send JSON.`,
    );
  },
});
