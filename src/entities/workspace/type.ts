import { mayUse, mustUse } from '../../auth/bounds.ts';
import type { Context } from '../../context.ts';
import { builder } from '../../graphql/builder.ts';
import { existing } from '../../graphql/existing.ts';
import { globalId } from '../../graphql/ids.ts';
import { loadsNode, NodeInterface } from '../../graphql/node.ts';
import { type Scope, scopeForAll, scopeIn } from '../../scope.ts';
import { type WorkspaceRow, workspaceById } from './loader.ts';

export const WorkspaceType = builder.objectRef<WorkspaceRow>('Workspace');

/** Checks access before Astria is called. */
export function workspaceFor(context: Context, id: number) {
  mustUse(context.caller, String(id));
  return workspaceById(scopeForAll(context)).load(id);
}

loadsNode('Workspace', workspaceFor, (context, id) =>
  mayUse(context.caller, String(id)) ? workspaceFor(context, id) : null,
);

WorkspaceType.implement({
  description: 'An area that several people share, with its own tunes, prompts and packs.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'The global id.',
      resolve: (workspace) => globalId('Workspace', workspace.id),
    }),
    astriaId: t.expose('id', {
      type: 'SafeInt',
      nullable: false,
      description: "Astria's number, as the header `X-Workspace-Id` takes it.",
    }),
    title: t.exposeString('title', { description: 'Its name.' }),
    slug: t.exposeString('slug', { description: 'Its name in addresses.' }),
    faviconUrl: t.expose('favicon_url', { type: 'URL', description: 'Its icon.' }),
    brief: t.exposeString('brief', { description: 'What it is for, in the words of its owner.' }),
    landingPageHtml: t.exposeString('landing_page_html', {
      description: 'Its page, as HTML from its owner: do not show it unsanitized.',
    }),
    url: t.expose('url', { type: 'URL', description: "Its address in Astria's REST API." }),
  }),
});

/** Returns the scope in which the content of a workspace is read. */
export const scopeInside = (context: Context, { id }: WorkspaceRow): Scope =>
  scopeIn(context, String(id));

/** Loads a workspace that another object names. All of them share one scope and so one call, because workspaces are in none. */
export const existingWorkspace = (id: number | null | undefined, context: Context) =>
  existing('Workspace', id, { load: (wanted) => workspaceFor(context, wanted) });
