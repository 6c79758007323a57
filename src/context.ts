import type { Logger } from 'pino';
import { ASTRIA_KEY, type Config, WORKSPACE_ID } from './config.ts';
import { badRequest, unauthenticated } from './graphql/errors.ts';
import type { Credential, Session, Upstream } from './upstream/client.ts';

/** What lives as long as the process, and is handed to every request. */
export interface Deps {
  config: Config;
  upstream: Upstream;
  log: Logger;
  /** Epoch milliseconds. */
  now(): number;
}

/** What one caller sees of one workspace until something changes: the key by which loaders remember. */
export interface Scope {
  astria: Session;
}

export interface Context extends Deps {
  /** Replaced by `forgetReads` after each write: always take it from the context, never keep it. */
  scope: Scope;
}

export function createContext(request: Request, deps: Deps): Context {
  const credential = credentialOf(request.headers, deps.config.credential);
  const astria = deps.upstream.as(credential, request.signal);
  return { ...deps, scope: { astria } };
}

/** After a write nothing read before it may answer: the loaders of the new scope know nothing yet. */
export function forgetReads(context: Context): Scope {
  context.scope = { ...context.scope };
  return context.scope;
}

/** The request's own key, with its own workspace; else the configured ones. A workspace header always counts. */
function credentialOf(headers: Headers, configured: Credential): Credential {
  const workspaceId = headers.get('x-workspace-id') || undefined;
  if (workspaceId && !WORKSPACE_ID.test(workspaceId)) {
    throw badRequest('The header `X-Workspace-Id` must be the number of a workspace, or `all`.');
  }
  const authorization = headers.get('authorization');
  if (!authorization) return { ...configured, ...(workspaceId && { workspaceId }) };
  const token = authorization.replace(/^bearer\s+/i, '');
  if (!ASTRIA_KEY.test(token)) {
    throw unauthenticated(
      'The header `Authorization` must be `Bearer sd_…`, with an API key of Astria, which begins with sd_.',
    );
  }
  return { token, workspaceId };
}
