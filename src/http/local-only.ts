import type { IncomingMessage } from 'node:http';
import { isLoopback, tellsCallersApart } from '../access-settings.ts';
import { type Config, holdsKey } from '../config.ts';
import { forbidden } from '../graphql/errors.ts';

/**
 * A held key without callers of its own is for this machine. A page of another site reaches it through the browser here
 * once its own name leads here (DNS rebinding), and a proxy may let the world in: both show in the name that is asked for.
 */
export function createLocalGuard(config: Config) {
  if (!holdsKey(config) || tellsCallersApart(config)) return () => {};
  return ({ headers: { host = '' } }: IncomingMessage) => {
    if (isLoopback(host.replace(/:\d+$/, ''))) return;
    throw forbidden(
      'This gateway spends the money of one key, and is for its own machine: ask for 127.0.0.1, or set GATEWAY_KEYS.',
    );
  };
}
