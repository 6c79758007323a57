import { mustUse } from '../../auth/bounds.ts';
import { toAstria } from '../../graphql/astria-input.ts';
import { builder } from '../../graphql/builder.ts';
import { changesOf } from '../../graphql/changes.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { forbidden } from '../../graphql/errors.ts';
import { astriaId } from '../../graphql/ids.ts';
import { payload } from '../../graphql/payload.ts';
import { broken, isBlank, type Rule, refuse } from '../../graphql/rules.ts';
import { forgetReads, placed, scopeForAll, scopeIn } from '../../scope.ts';
import type { WorkspaceRow } from './loader.ts';
import { createWorkspace, updateWorkspace } from './rest.ts';
import { WorkspaceType } from './type.ts';

const workspacePayload = (name: string) =>
  payload<{ workspace: WorkspaceRow }>(name, (t) => ({
    workspace: t.field({
      type: WorkspaceType,
      nullable: false,
      description: 'The workspace as it is now.',
      resolve: ({ workspace }) => workspace,
    }),
  }));

const CreateWorkspaceInput = builder.inputType('CreateWorkspaceInput', {
  description: 'A workspace to share.',
  fields: (t) => ({ title: t.string({ required: true, description: 'What to call it.' }) }),
});

const UpdateWorkspaceInput = builder.inputType('UpdateWorkspaceInput', {
  description: 'What to change about a workspace. What is left out stays; null clears.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The workspace: its `id` or its `astriaId`.' }),
    title: t.string({ description: 'What to call it.' }),
    brief: t.string({ description: 'What it is for.' }),
    landingPageHtml: t.string({ description: 'Its page, as HTML.' }),
  }),
});

type Titled = { title?: string | null };
const TITLE_RULES: readonly Rule<Titled>[] = [
  ['title', "can't be blank", ({ title }) => title !== undefined && isBlank(title)],
];

builder.mutationFields((t) => ({
  createWorkspace: t.field({
    type: workspacePayload('CreateWorkspacePayload'),
    nullable: false,
    description: 'Makes a workspace, empty at first.',
    args: {
      input: t.arg({ type: CreateWorkspaceInput, required: true, description: 'What to make.' }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: async (_, { input }, context) => {
      refuse(broken(input, TITLE_RULES));
      if (context.caller.workspaces) {
        throw forbidden('You may use some workspaces only, and a new one would be none of them.');
      }
      const scope = scopeIn(context);
      const created = await createWorkspace(scope.astria, toAstria(input));
      forgetReads(context);
      return { workspace: placed('Workspace', created, scope) };
    },
  }),
  updateWorkspace: t.field({
    type: workspacePayload('UpdateWorkspacePayload'),
    nullable: false,
    description: 'Changes what a workspace is called, what it is for, or its page.',
    args: {
      input: t.arg({ type: UpdateWorkspaceInput, required: true, description: 'What to change.' }),
    },
    extensions: upstream({ calls: 'each' }),
    resolve: async (_, { input }, context) => {
      const { id, title, brief, landingPageHtml } = input;
      const changes = changesOf({ title, brief, landing_page_html: landingPageHtml });
      refuse(broken(input, TITLE_RULES));
      const workspaceId = astriaId('Workspace', id, 'input.id');
      mustUse(context.caller, String(workspaceId));
      const scope = scopeForAll(context);
      const changed = await updateWorkspace(scope.astria, workspaceId, changes);
      forgetReads(context);
      return { workspace: placed('Workspace', changed, scope) };
    },
  }),
}));
