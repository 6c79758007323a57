/** What must not be repeated, wherever it stands in a text that somebody else has made. */

/** Of Astria, of this gateway, of an issuer. Shorter ones are names, such as that of a model. */
const KEYS = /\b(sd|gk)_[\w-]{4,}|\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g;

export const withoutKeys = (text: string) =>
  text.replace(KEYS, (_, kind?: string) => (kind ? `${kind}_…` : 'eyJ…'));

/** Keys, whatever else stands behind `Bearer`, passwords in addresses and their queries. */
export const withoutSecrets = (text: string) =>
  withoutKeys(text)
    .replace(/\bsd_[\w-]+/g, 'sd_…')
    .replace(/\bbearer\s+[^\s"',]+/gi, 'Bearer …')
    .replace(/(\w:\/\/)[^\s/@"']+@/g, '$1…@')
    .replace(/(\w:\/\/[^\s?"']*)\?[^\s"']*/g, '$1?…');
