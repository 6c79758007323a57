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
    checkHead(request);
    const { host = '' } = request.headers;
    if (!isLocalOnly || isLoopback(host.replace(/:\d+$/, ''))) return;
    throw forbidden(
      'This gateway spends the money of one key, and is for its own machine: ask for 127.0.0.1, or set GATEWAY_KEYS.',
    );
  };
}

/**
 * Refuses requests whose host is missing or ambiguous: a proxy may use another of two headers, or a host in the path. It also
 * refuses addresses for which yoga fails with a stack (`GET *`, or an impossible `Host`), and expectations that nobody meets.
 */
function checkHead({ url = '', headers, rawHeaders, httpVersion }: IncomingMessage) {
  if (headers.expect !== undefined && !CONTINUE.test(headers.expect)) {
    throw refused('The header `Expect` may only be `100-continue`: leave it out.', 417);
  }
  // A client of HTTP/1.0 need not send it.
  if (headers.host === undefined && httpVersion !== '1.0') {
    throw refused('The header `Host` is missing: send it once.');
  }
  const twice = ONCE.find((name) => countOf(name, rawHeaders) > 1);
  if (twice) throw refused(`The header \`${twice}\` is there twice: send it once.`);
  if (!PATH.test(url)) {
    throw refused('The path must begin with one slash, without a host: ask for `/graphql`.');
  }
  if (!URL.canParse(`http://${headers.host ?? 'localhost'}${url}`)) {
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

/** Node itself has answered it by then, as it does with any expectation that holds these words. */
const CONTINUE = /(?:^|\W)100-continue(?:$|\W)/i;

function refused(message: string, status = 400) {
  const error = badRequest(message);
  error.extensions.http = { status };
  return error;
}
