import type { IncomingMessage } from 'node:http';
import { isLoopback, tellsCallersApart } from '../access-settings.ts';
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

/** Yoga takes it that there is one, and answers with a stack where there is not: `GET *`, or a `Host` that nobody can have. */
function checkAddress({ url = '', headers: { host = 'localhost' } }: IncomingMessage) {
  if (URL.canParse(`http://${host}${url}`)) return;
  const error = badRequest('The path, or the header `Host`, is none: ask for `/graphql`.');
  error.extensions.http = { status: 400 };
  throw error;
}
