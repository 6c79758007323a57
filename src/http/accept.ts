/** What an answer of the gateway can be. */
export type MediaType = 'application/json' | 'application/graphql-response+json';

const MEANINGS = new Map<string, MediaType>([
  ['*/*', 'application/json'],
  ['application/*', 'application/json'],
  ['application/json', 'application/json'],
  ['application/graphql-response+json', 'application/graphql-response+json'],
]);

const MAX_KNOWN = 100;
const known = new Map<string, MediaType | undefined>();

/**
 * The one that a client wants that sends this `Accept`: yoga's reading of it, which takes the first of those it names.
 * Undefined where it names anything else, which is left to yoga.
 */
export function negotiate(accept = '*/*'): MediaType | undefined {
  if (known.has(accept)) return known.get(accept);
  const wanted = accept.split(',').map(meaningOf);
  const type = wanted.includes(undefined) ? undefined : wanted[0];
  if (known.size < MAX_KNOWN) known.set(accept, type);
  return type;
}

function meaningOf(range: string): MediaType | undefined {
  const [type = '', ...params] = range.toLowerCase().replaceAll(/\s/g, '').split(';');
  // Only a quality may stand there: yoga takes the order for it.
  return params.every((param) => /^q=[\d.]+$/.test(param)) ? MEANINGS.get(type) : undefined;
}
