import type { IncomingMessage } from 'node:http';
import { isLoopback, tellsCallersApart } from '../auth/access-settings.ts';
import { type Config, holdsKey } from '../config.ts';
import { badRequest, forbidden } from '../graphql/errors.ts';

/**
 * A held key without callers of its own is for this machine. A page of another site reaches it through the browser here
 * once its own name leads here (DNS rebinding), and a proxy may let the world in: both show in the name that is asked for.
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
 * Who is asked for what must be told once: a proxy in front may go by another of two headers, and by a host in the path. Yoga
 * takes it that there is an address, and answers with a stack where there is not: `GET *`, or a `Host` that nobody can have.
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

/** Node keeps the first. */
const ONCE = ['Host', 'Authorization'];
/** `//x/graphql` would be on the host `x`; so would it with a backslash. */
const PATH = /^\/(?![/\\])/;

function countOf(name: string, rawHeaders: readonly string[]): number {
  let count = 0;
  // Names and values take turns.
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
