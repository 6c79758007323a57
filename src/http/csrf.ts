import type { Plugin } from 'graphql-yoga';
import { unsupportedMedia } from '../graphql/errors.ts';
import { isLikeJson } from './question.ts';

/** Either makes a browser ask first whether another site's page may send the request; nobody says yes here. */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-requested-with'];

/**
 * A page of any site can have a browser post a form, or text, wherever it likes, and as whoever is known by where they are.
 * So such a request has to bring a header that a form cannot.
 */
export const useCsrfPrevention = (): Plugin => ({
  onRequestParse({ request }) {
    // Without a type it is refused anyhow.
    const type = request.headers.get('content-type');
    if (request.method !== 'POST' || !type || isLikeJson(type)) return;
    if (PREFLIGHT_HEADERS.some((name) => request.headers.has(name))) return;
    throw unsupportedMedia(
      `A POST of \`${type.split(';')[0]}\` needs the header \`Apollo-Require-Preflight: true\`, or send JSON.`,
    );
  },
});
