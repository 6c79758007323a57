/**
 * What must not be repeated, wherever it stands in a text that somebody else has made. Texts may be long: no pattern here
 * looks twice through what it has seen.
 */
import { isInside } from './inside.ts';

/** Of Astria, of this gateway, of an issuer; and what stands for a file in storage, which begins as a token does. Shorter ones are names, such as that of a model. */
const KEYS = /\b(sd|gk)_[\w-]{4,}|\beyJ[\w-]{8,}(?:={1,2}[\w-]*)?(?:\.[\w-]*){0,2}/g;

export const withoutKeys = (text: string) =>
  text.replace(KEYS, (_, kind?: string) => (kind ? `${kind}_…` : 'eyJ…'));

const withoutPasswords = (text: string) => text.replace(/(\w:\/\/)[^\s/?#"<>]*@/g, '$1…@');

const withoutQueries = (text: string) =>
  text.replace(/\w:\/\/[^\s"']*/g, (address) => {
    const query = address.indexOf('?');
    return query < 0 ? address : `${address.slice(0, query)}?…`;
  });

/** For logs: without keys, whatever else stands behind `Bearer`, passwords in addresses and their queries. */
export const withoutSecrets = (text: string) =>
  withoutQueries(
    withoutPasswords(
      withoutKeys(text)
        .replace(/\bsd_[\w-]+/g, 'sd_…')
        .replace(/\bbearer\s+[^\s"',]+/gi, 'Bearer …'),
    ),
  );

/** A web address whose host is inside, and all that follows in it; then hosts that stand alone, with their ports. */
const WEB_ADDRESS = /(\w:\/\/)([^\s/\\?#"'<>]*)[^\s"'<>]*/g;
const IPV4 = /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\d|\.\d)(?::\d{1,5})?/g;
const IPV6 = /(?<![\w:])(?:\[(?=[\da-f:]))?(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}\]?(?::\d{1,5})?/gi;
const NAME = /(?<![\w.-])(?:[\w-]+\.)*[\w-]+(?::\d{1,5})?/g;

/** For clients: without keys, passwords in addresses, and addresses that are of no network of theirs. */
export const withoutInternals = (text: string) => {
  const hidden = (host: string) => (isInside(host) ? '…' : host);
  return withoutPasswords(withoutKeys(text))
    .replace(WEB_ADDRESS, (address, scheme: string, host: string) =>
      isInside(host, { isWeb: true }) ? `${scheme}…` : address,
    )
    .replace(IPV4, hidden)
    .replace(IPV6, hidden)
    .replace(NAME, hidden);
};
