/** Who calls. Told for each request, in front of everything that answers it. */
import { hash } from 'node:crypto';
import { tellsCallersApart } from './access-settings.ts';
import { ASTRIA_KEY, type Config, holdsKey } from './config.ts';
import { findKey, GATEWAY_KEY_PREFIX } from './gateway-keys.ts';
import { unauthenticated } from './graphql/errors.ts';
import type { Tokens } from './tokens.ts';
import type { Credential } from './upstream/client.ts';

export interface Caller {
  /** Stable, and good for logs: nothing of a secret is in it. */
  readonly name: string;
  readonly role: 'read' | 'write';
  /** Their numbers, and `personal` for the personal scope. Undefined: any. */
  readonly workspaces: readonly string[] | undefined;
  /** What it acts with at Astria, in the workspace of a request that names none. */
  readonly credential: Credential;
  /** Epoch milliseconds: who waits for something waits no longer. Undefined of what does not expire. */
  readonly expiresAt?: number;
}

export interface Callers {
  /** By the header `Authorization`. Throws, or rejects, where the caller is not known. A promise only of a new token. */
  identify(authorization: string | null | undefined): Caller | Promise<Caller>;
}

export interface CallersOptions {
  /** Epoch milliseconds. */
  now?(): number;
  /** Told when the keys of the tokens' issuer cannot be had. */
  onTrouble?(error: unknown): void;
}

export function createCallers(config: Config, options: CallersOptions = {}): Callers {
  const { gatewayKeys, jwt, credential } = config;
  const nobody = nobodyIn(config);
  const takesKeys = takesAstriaKeys(config);
  const wanted = wantedIn(config);
  const holders = gatewayKeys.map(({ hash, ...who }) => {
    return { hash, caller: { ...who, credential: { ...credential, owner: who.name } } };
  });
  let tokens: Promise<Tokens> | Tokens | undefined;

  /** jose is loaded with the first token. */
  async function firstTokens() {
    const { now = Date.now, onTrouble = () => {} } = options;
    const { createTokens } = await import('./tokens.ts');
    tokens = createTokens({ jwt: jwt as NonNullable<typeof jwt>, credential, now, onTrouble });
    return tokens;
  }

  function ofToken(token: string): Caller | Promise<Caller> {
    tokens ??= firstTokens();
    return tokens instanceof Promise
      ? tokens.then((ready) => ready.identify(token))
      : tokens.identify(token);
  }

  return {
    identify(authorization) {
      if (authorization == null && nobody) return nobody;
      const token = bearerOf(authorization ?? '');
      if (token?.startsWith(GATEWAY_KEY_PREFIX)) {
        const holder = findKey(holders, token);
        if (holder) return holder.caller;
      } else if (token && ASTRIA_KEY.test(token)) {
        if (takesKeys) return new KeyHolder(token);
      } else if (token && jwt && JWT.test(token)) {
        return ofToken(token);
      }
      throw unauthenticated(wanted);
    },
  };
}

/** Who asks without saying who it is; undefined where everybody has to. */
function nobodyIn(config: Config): Caller | undefined {
  if (tellsCallersApart(config)) return undefined;
  // A held key without callers of its own is reached from this machine alone: `config.ts` sees to it.
  const name = holdsKey(config) ? 'local' : 'anonymous';
  return { name, role: 'write', workspaces: undefined, credential: config.credential };
}

const takesAstriaKeys = (config: Config) =>
  config.allowsCallerKeys || !(tellsCallersApart(config) || holdsKey(config));

/** What the header has to be, for those whose is not. */
function wantedIn(config: Config): string {
  const forms = [
    ...(config.gatewayKeys.length > 0 ? ['`Bearer gk_…`, with a key of this gateway'] : []),
    ...(config.jwt ? ['`Bearer eyJ…`, with a token of its issuer'] : []),
    ...(takesAstriaKeys(config)
      ? ['`Bearer sd_…`, with an API key of Astria, which begins with sd_']
      : []),
  ];
  return forms.length > 0
    ? `The header \`Authorization\` must be ${forms.join(', or ')}.`
    : 'This gateway acts with a key of its own, and takes none: leave the header `Authorization` out.';
}

/** One who brings a key of Astria's. */
class KeyHolder implements Caller {
  readonly role = 'write';
  readonly workspaces = undefined;
  readonly credential: Credential;

  constructor(token: string) {
    this.credential = { token, workspaceId: undefined };
  }

  /** Most requests are over before anybody asks. */
  get name() {
    return `key:${hash('sha256', this.credential.token as string).slice(0, 12)}`;
  }
}

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const bearerOf = (authorization: string) => /^bearer +(\S+)$/i.exec(authorization)?.[1];
