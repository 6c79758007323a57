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
  /** A number, `all`, or undefined for the personal scope. */
  workspaceId: string | undefined;
  astria: Session;
}

export interface Context extends Deps {
  credential: Credential;
  /** Ends when the client goes away. */
  signal: AbortSignal;
  /** By workspace; emptied after each write. Ask `scopeIn` and `scopeOf` instead. */
  scopes: Map<string | undefined, Scope>;
}

export function createContext(request: Request, deps: Deps): Context {
  const credential = credentialOf(request.headers, deps.config.credential);
  return { ...deps, credential, signal: request.signal, scopes: new Map() };
}

/** The workspace in which each row was read: what it leads to is read there too. */
const homes = new WeakMap<object, string | undefined>();

/** The scope of a workspace; of the request's own where none is given. */
export function scopeIn(context: Context, workspaceId = context.credential.workspaceId): Scope {
  const known = context.scopes.get(workspaceId);
  if (known) return known;
  const session = context.upstream.as({ ...context.credential, workspaceId }, context.signal);
  const scope = { workspaceId, astria: markingHomes(session, workspaceId) };
  context.scopes.set(workspaceId, scope);
  return scope;
}

/** The scope in which a row was read. */
export const scopeOf = (context: Context, row: object): Scope => scopeIn(context, homes.get(row));

/** After a write nothing read before it may answer: the loaders of new scopes know nothing yet. */
export const forgetReads = (context: Context) => context.scopes.clear();

const markingHomes = (session: Session, workspaceId: string | undefined): Session => ({
  async request(call) {
    const answer = await session.request(call);
    for (const row of [answer].flat()) {
      if (typeof row === 'object' && row !== null) homes.set(row, workspaceId);
    }
    return answer;
  },
});

/** The request's own key, with its own workspace; else the configured ones. A workspace header always counts. */
function credentialOf(headers: Headers, configured: Credential): Credential {
  const workspaceId = headers.get('x-workspace-id') || undefined;
  if (workspaceId && !WORKSPACE_ID.test(workspaceId)) {
    throw badRequest('The header `X-Workspace-Id` must be the number of a workspace, or `all`.');
  }
  const authorization = headers.get('authorization');
  if (authorization === null) return { ...configured, ...(workspaceId && { workspaceId }) };
  const [, token] = authorization.match(/^bearer +(\S+)$/i) ?? [];
  if (!token || !ASTRIA_KEY.test(token)) {
    throw unauthenticated(
      'The header `Authorization` must be `Bearer sd_…`, with an API key of Astria, which begins with sd_.',
    );
  }
  return { token, workspaceId };
}
