import { invalid, json, must } from './answers.ts';
import { noteUnknown } from './parameters.ts';
import { has, type Params, textOf } from './params.ts';
import { type Call, idOf, route } from './route.ts';
import type { Account, WorkspaceBody, World } from './store.ts';
import { rootOf } from './tune-rules.ts';

export const peopleRoutes = (world: World) => [
  route(world, 'GET /users', (call) => json(showUser(call))),
  // Astria has no paging here. All of them come, newest first.
  route(world, 'GET /workspaces', ({ account }) => json(account.workspaces.newest().toArray())),
  route(world, 'GET /workspaces/:id', (call) => json(workspaceOf(call))),
  route(world, 'POST /workspaces', (call) => {
    const params = rootOf(call.body, 'workspace');
    noteUnknown(world, 'workspace', params);
    const title = textOf(params, 'title');
    if (title === null) throw invalid({ errors: ["Title can't be blank"] });
    return json(addWorkspace(world, call.account, { title, ...changesOf(params) }), 201);
  }),
  route(world, 'PATCH /workspaces/:id', (call) => {
    const params = rootOf(call.body, 'workspace');
    noteUnknown(world, 'workspace', params);
    const title = textOf(params, 'title');
    if (has(params, 'title') && title === null) throw invalid({ errors: ["Title can't be blank"] });
    return json(Object.assign(workspaceOf(call), title !== null && { title }, changesOf(params)));
  }),
];

const workspaceOf = (call: Call): WorkspaceBody => must(call.account.workspaces.get(idOf(call)));

const changesOf = (params: Params): Partial<WorkspaceBody> => ({
  ...(has(params, 'brief') && { brief: textOf(params, 'brief') }),
  ...(has(params, 'landing_page_html') && {
    landing_page_html: textOf(params, 'landing_page_html'),
  }),
});

export function addWorkspace(
  world: World,
  account: Account,
  fields: Partial<WorkspaceBody>,
): WorkspaceBody {
  const id = fields.id ?? world.next.workspace++;
  const title = fields.title ?? `Workspace ${id}`;
  return account.workspaces.add({
    id,
    title,
    slug: title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    favicon_url: null,
    brief: null,
    landing_page_html: null,
    url: `${world.publicUrl}/workspaces/${id}.json`,
    ...fields,
  });
}

/** The payer depends on the workspace header: somebody else may pay for a workspace. */
function showUser({ account, scope }: Call) {
  const self = {
    id: account.userId,
    name: account.name,
    self: true,
    usd_balance_mc: account.balanceMc,
  };
  const studio = {
    id: account.userId + 1,
    name: 'Studio North',
    self: false,
    usd_balance_mc: 5_000_000,
  };
  return {
    id: account.userId,
    email: account.email,
    name: account.name,
    usd_balance_mc: account.balanceMc,
    auto_extend_tunes: false,
    top_off_amount: null,
    purchased_plugin_at: null,
    payer: typeof scope === 'number' ? studio : self,
  };
}

export function charge({ account, undo }: Call, costMc: number): void {
  if (costMc > account.balanceMc) {
    throw invalid({ base: ['Not enough balance. <a href="/users/edit#billing">Top up</a>'] });
  }
  account.balanceMc -= costMc;
  undo.push(() => {
    account.balanceMc += costMc;
  });
}
