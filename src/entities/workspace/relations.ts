/** What a workspace contains, and the relations of other types to it. */
import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { listPacks, packListArgs } from '../pack/list.ts';
import { packPages } from '../pack/loader.ts';
import { PackConnectionType } from '../pack/type.ts';
import { listPrompts, promptListArgs } from '../prompt/list.ts';
import { promptPages } from '../prompt/loader.ts';
import { PromptConnectionType, PromptType } from '../prompt/type.ts';
import { listTunes, tuneListArgs } from '../tune/list.ts';
import { tunePages } from '../tune/loader.ts';
import { TuneConnectionType } from '../tune/type.ts';
import { viewerIn } from '../viewer/loader.ts';
import { PayerType, UNTOLD } from '../viewer/type.ts';
import { existingWorkspace, scopeInside, WorkspaceType } from './type.ts';

builder.objectFields(WorkspaceType, (t) => ({
  tunes: t.field({
    type: TuneConnectionType,
    description: 'The tunes in it, newest first.',
    args: tuneListArgs,
    extensions: upstream({ calls: 'each', entersPlace: true }),
    resolve: (workspace, args, context) =>
      listTunes(tunePages(scopeInside(context, workspace)), args),
  }),
  prompts: t.field({
    type: PromptConnectionType,
    description: 'The prompts in it, newest first.',
    args: promptListArgs,
    extensions: upstream({ calls: 'each', entersPlace: true }),
    resolve: (workspace, args, context) =>
      listPrompts(promptPages(scopeInside(context, workspace)), args),
  }),
  packs: t.field({
    type: PackConnectionType,
    description: 'The packs in it, newest first.',
    args: packListArgs,
    extensions: upstream({ calls: 'each', entersPlace: true }),
    resolve: (workspace, args, context) =>
      listPacks(packPages(scopeInside(context, workspace)), args),
  }),
  payer: t.field({
    type: PayerType,
    description: 'Who pays for what is made in it. Costs a call to Astria for each workspace.',
    extensions: upstream({ calls: 'each' }),
    resolve: async (workspace, _, context) =>
      context.caller.workspaces
        ? UNTOLD
        : (await viewerIn(scopeInside(context, workspace))()).payer,
  }),
}));

builder.objectField(PromptType, 'workspace', (t) =>
  t.field({
    type: WorkspaceType,
    description: 'The workspace it is in; null in the personal scope.',
    extensions: upstream({ calls: 'once' }),
    resolve: (prompt, _, context) => existingWorkspace(prompt.workspace_id, context),
  }),
);
