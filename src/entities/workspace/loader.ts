import DataLoader from 'dataloader';
import { type PlacedRow, perScope, placed, placedRows, type Scope } from '../../scope.ts';
import { readSingly } from '../../upstream/keyset.ts';
import { listLoader } from '../../upstream/loaders.ts';
import { fetchWorkspace, fetchWorkspaces, type Workspace } from './rest.ts';

export type WorkspaceRow = PlacedRow<'Workspace', Workspace>;

export const workspaceList = perScope((scope: Scope) =>
  listLoader(async (_: object) =>
    placedRows('Workspace', await fetchWorkspaces(scope.astria), scope),
  ),
);

/** A single workspace is read by id. Several are read from the list, which contains all of the caller's. */
export const workspaceById = perScope(
  (scope: Scope) =>
    new DataLoader<number, WorkspaceRow | null>(async (ids) => {
      if (ids.length === 1) {
        return readSingly(ids, async (id) =>
          placed('Workspace', await fetchWorkspace(scope.astria, id), scope),
        );
      }
      const rows = await workspaceList(scope).load({});
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
);
