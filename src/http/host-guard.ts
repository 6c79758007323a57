import type { IncomingMessage } from 'node:http';
import { isLoopback, tellsCallersApart } from '../auth/access-settings.ts';
import { type Config, holdsKey } from '../config.ts';
import { badRequest, forbidden } from '../graphql/errors.ts';

/**
 * Refuses foreign host names. A held key without callers of its own is for this machine only. A page of another site can reach
 * it through the browser if its own name leads here (DNS rebinding), and a proxy could expose it to the network. Both show in
 * the `Host` header.
 */
export function createHostGuard(config: Config) {
  const isLocalOnly = holdsKey(config) && !tellsCallersApart(config);
  return (request: IncomingMessage) => {
    checkAddress(request);
    const { host = '' } = request.headers;
    if (!isLocalOnly || isLoopback(host.replace(/:\d+$/, ''))) return;
    throw forbidden(
      'This gateway spends the money of one key, and is for its own machine: ask for 127.0.0.1, or set GATEWAY_KEYS.',
    );
  };
}

/**
 * Refuses requests whose host is ambiguous: a proxy may use another of two headers, or a host in the path. It also refuses
 * addresses for which yoga fails with a stack: `GET *`, or an impossible `Host`.
 */
function checkAddress({ url = '', headers: { host = 'localhost' }, rawHeaders }: IncomingMessage) {
  const twice = ONCE.find((name) => countOf(name, rawHeaders) > 1);
  if (twice) throw refused(`The header \`${twice}\` is there twice: send it once.`);
  if (!PATH.test(url)) {
    throw refused('The path must begin with one slash, without a host: ask for `/graphql`.');
  }
  if (!URL.canParse(`http://${host}${url}`)) {
    throw refused('The path, or the header `Host`, is none: ask for `/graphql`.');
  }
}

/** Node would keep the first of several. */
const ONCE = ['Host', 'Authorization'];
/** `//x/graphql` would name the host `x`, and so would a backslash. */
const PATH = /^\/(?![/\\])/;

function countOf(name: string, rawHeaders: readonly string[]): number {
  let count = 0;
  // Names and values alternate.
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const other = rawHeaders[index] as string;
    if (other.length === name.length && other.toLowerCase() === name.toLowerCase()) count++;
  }
  return count;
}

function refused(message: string) {
  const error = badRequest(message);
  error.extensions.http = { status: 400 };
  return error;
}
