import { accessDenied, json, Refusal } from './answers.ts';
import { type Endpoint, type Handler, handler } from './handler.ts';
import { bodyOf, type Params, queryOf, UnreadableBody } from './params.ts';
import { type Account, accountOf, catchUp, type World } from './store.ts';

/** A request of an account. */
export interface Call {
  world: World;
  account: Account;
  now: number;
  /** `all`, a workspace of the account, or null for the personal scope. */
  scope: number | 'all' | null;
  /** The parameters of the path. */
  path: Record<string, string>;
  query: Params;
  body: Params;
  /** A handler adds a step for each thing that it does. They run, last first, if it throws: Rails saves all or nothing. */
  undo: (() => void)[];
}

export type Responder = (call: Call) => Response | Promise<Response>;

export function route(world: World, endpoint: Endpoint, answer: Responder): Handler {
  return handler(endpoint, async (request, path) => {
    const key = /^Bearer (sd_\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
    const isPublic = endpoint.startsWith('GET /gallery/') && !world.unknowns.galleryAsksForKey;
    if (!key && !isPublic) return accessDenied();
    const undo: Call['undo'] = [];
    try {
      const account = key ? accountOf(world, key) : world.gallery;
      const now = world.clock.now();
      await catchUp(account, now);
      return await answer({
        world,
        account,
        now,
        scope: scopeOf(account, request.headers.get('x-workspace-id')),
        path,
        query: queryOf(request),
        body: await bodyOf(request),
        undo,
      });
    } catch (error) {
      for (const step of undo.toReversed()) step();
      return refuse(error);
    }
  });
}

/** A workspace without access is silently the personal scope. */
function scopeOf(account: Account, header: string | null): Call['scope'] {
  if (header === 'all') return 'all';
  return account.workspaces.get(Number(header))?.id ?? null;
}

function refuse(error: unknown): Response {
  if (error instanceof Refusal) return json(error.body, error.status);
  if (error instanceof UnreadableBody) return json({ status: 400, error: 'Bad Request' }, 400);
  throw error;
}

export const idOf = (call: Call, name = 'id'): number => Number(call.path[name]);

/** Returns the workspace in which something is created. With `all` it is the personal scope. */
export const placeOf = (call: Call): number | null => (call.scope === 'all' ? null : call.scope);

export const inScope = (call: Call, row: { workspaceId: number | null }): boolean =>
  call.scope === 'all' || row.workspaceId === call.scope;

/** By its id, a row of the account is found in any workspace, unless a test changes that. */
export const isReadable = (call: Call, row: { workspaceId: number | null }): boolean =>
  call.world.unknowns.readsAcrossWorkspaces || inScope(call, row);
