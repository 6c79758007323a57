import * as z from 'zod';
import type { Session } from '../../upstream/client.ts';
import { id, text, url } from '../../upstream/wire.ts';

/** A workspace that several people share, with its own tunes, prompts and packs. */
export const Workspace = z.object({
  id,
  title: text,
  slug: text,
  favicon_url: url,
  brief: text,
  landing_page_html: text,
  url,
});
const Workspaces = z.array(Workspace);
export type Workspace = z.infer<typeof Workspace>;

/** Reads all workspaces. The list has no pages. */
export const fetchWorkspaces = (astria: Session) =>
  astria.request({ path: '/workspaces.json', response: Workspaces });

export const fetchWorkspace = (astria: Session, workspaceId: number) =>
  astria.request({
    path: '/workspaces/:id.json',
    params: { id: workspaceId },
    names: { id: 'Workspace' },
    response: Workspace,
  });

export const createWorkspace = (astria: Session, workspace: object) =>
  astria.request({
    method: 'POST',
    path: '/workspaces.json',
    body: { workspace },
    names: {},
    response: Workspace,
  });

export const updateWorkspace = (astria: Session, workspaceId: number, workspace: object) =>
  astria.request({
    method: 'PATCH',
    path: '/workspaces/:id.json',
    params: { id: workspaceId },
    names: { id: 'Workspace' },
    body: { workspace },
    response: Workspace,
  });
