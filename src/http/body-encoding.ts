import type { IncomingMessage } from 'node:http';
import { unsupportedMedia } from '../graphql/errors.ts';

/** ASCII is a subset of UTF-8. */
const UTF_8 = /^(?:utf-?8|us-ascii)$/i;
const CHARSET = /;\s*charset\s*=\s*"?([^\s";,]+)/i;

/** Throws if a body is compressed or has another charset than UTF-8. Its texts would be misread. */
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
