import type { IncomingMessage } from 'node:http';
import { unsupportedMedia } from '../graphql/errors.ts';

/** ASCII is UTF-8 too. */
const UTF_8 = /^(?:utf-?8|us-ascii)$/i;
const CHARSET = /;\s*charset\s*=\s*"?([^\s";,]+)/i;

/** Throws where a body says that it is compressed, or in another charset: read all the same, its texts would be others. */
export function checkEncoding({ headers }: IncomingMessage) {
  const coding = headers['content-encoding']?.trim();
  if (coding && coding.toLowerCase() !== 'identity') {
    const refusal = unsupportedMedia(
      `A body with \`Content-Encoding: ${coding}\` cannot be read: send it uncompressed.`,
    );
    refusal.extensions.http = { status: 415, headers: { 'Accept-Encoding': 'identity' } };
    throw refusal;
  }
  const charset = CHARSET.exec(headers['content-type'] ?? '')?.[1];
  if (charset && !UTF_8.test(charset)) {
    throw unsupportedMedia(`A body with \`charset=${charset}\` cannot be read: send it in UTF-8.`);
  }
}
