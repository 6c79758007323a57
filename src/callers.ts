/** Who calls. Told once for each request, in front of everything that answers it. */
import { hash } from 'node:crypto';
import { ASTRIA_KEY, type Config } from './config.ts';
import { unauthenticated } from './graphql/errors.ts';
import type { Credential } from './upstream/client.ts';

export interface Caller {
  /** Stable, and good for logs: nothing of a secret is in it. */
  readonly name: string;
  readonly role: 'read' | 'write';
  /** Their numbers, and `personal` for the personal scope. Undefined: any. */
  readonly workspaces: readonly string[] | undefined;
  /** What it acts with at Astria, in the workspace of a request that names none. */
  readonly credential: Credential;
}

export interface Callers {
  /** By the header `Authorization`. Throws where the caller is not known. */
  identify(authorization: string | null | undefined): Caller;
}

export function createCallers({ credential }: Config): Callers {
  const anonymous: Caller = { name: 'anonymous', role: 'write', workspaces: undefined, credential };
  return {
    identify(authorization) {
      if (authorization == null) return anonymous;
      const token = bearerOf(authorization);
      if (!token || !ASTRIA_KEY.test(token)) {
        throw unauthenticated(
          'The header `Authorization` must be `Bearer sd_…`, with an API key of Astria, which begins with sd_.',
        );
      }
      return new KeyHolder(token);
    },
  };
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

const bearerOf = (authorization: string) => /^bearer +(\S+)$/i.exec(authorization)?.[1];
