import DataLoader from 'dataloader';
import { perScope, type Scope } from '../../scope.ts';
import { readSingly } from '../../upstream/keyset.ts';
import { listLoader } from '../../upstream/loaders.ts';
import { fetchWorkspace, fetchWorkspaces, type Workspace } from './rest.ts';

export const workspaceList = perScope(({ astria }: Scope) =>
  listLoader((_: object) => fetchWorkspaces(astria)),
);

/** A single workspace is read by id. Several are read from the list, which contains all of the caller's. */
export const workspaceById = perScope(
  (scope: Scope) =>
    new DataLoader<number, Workspace | null>(async (ids) => {
      if (ids.length === 1) return readSingly(ids, (id) => fetchWorkspace(scope.astria, id));
      const rows = await workspaceList(scope).load({});
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
);
