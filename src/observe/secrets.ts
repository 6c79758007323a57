/**
 * Removes secrets and internal addresses from texts of others. The texts may be long, so every pattern here runs in linear
 * time.
 */
import { isInside } from './inside.ts';

/**
 * Keys of Astria and of this gateway, secrets of webhooks, tokens of an issuer, and signed ids of files, which begin as tokens
 * do. Shorter matches are names, such as a model's.
 */
const KEYS =
  /\b(?:sd|gk)_[\w-]{4,}|\bwhsec_[\w+/=-]{4,}|\beyJ[\w-]{8,}(?:={1,2}[\w-]*)?(?:\.[\w-]*){0,2}/g;

export const withoutKeys = (text: string) =>
  text.replace(KEYS, (found) =>
    found.startsWith('eyJ') ? 'eyJ…' : `${found.slice(0, found.indexOf('_'))}_…`,
  );

const withoutPasswords = (text: string) => text.replace(/(\w:\/\/)[^\s/?#"<>]*@/g, '$1…@');

const withoutQueries = (text: string) =>
  text.replace(/\w:\/\/[^\s"']*/g, (address) => {
    const query = address.indexOf('?');
    return query < 0 ? address : `${address.slice(0, query)}?…`;
  });

/** For logs: without keys, other `Bearer` credentials, passwords in addresses, and queries of addresses. */
export const withoutSecrets = (text: string) =>
  withoutQueries(
    withoutPasswords(
      withoutKeys(text)
        .replace(/\bsd_[\w-]+/g, 'sd_…')
        .replace(/\bbearer\s+[^\s"',]+/gi, 'Bearer …'),
    ),
  );

/** A web address with everything that follows in it. The patterns below it find hosts that stand alone, with their ports. */
const WEB_ADDRESS = /(\w:\/\/)([^\s/\\?#"'<>]*)[^\s"'<>]*/g;
const IPV4 = /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\d|\.\d)(?::\d{1,5})?/g;
const IPV6 = /(?<![\w:])(?:\[(?=[\da-f:]))?(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}\]?(?::\d{1,5})?/gi;
const NAME = /(?<![\w.-])(?:[\w-]+\.)*[\w-]+(?::\d{1,5})?/g;

/** For clients: without keys, passwords in addresses, and internal addresses. */
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
