/** What is in a workspace, and how what is elsewhere leads to one. */
import { scopeIn } from '../../context.ts';
import { builder } from '../../graphql/builder.ts';
import { keysetConnection, offsetConnection, pageArgs } from '../../graphql/connection.ts';
import { PackFilterInput } from '../pack/filter.ts';
import { packPages } from '../pack/loader.ts';
import { PackConnectionType } from '../pack/type.ts';
import { PromptFilterInput, toPromptFilter } from '../prompt/filter.ts';
import { promptPages } from '../prompt/loader.ts';
import { PromptConnectionType, PromptType } from '../prompt/type.ts';
import { TuneFilterInput, toTuneFilter } from '../tune/filter.ts';
import { tunePages } from '../tune/loader.ts';
import { TuneConnectionType } from '../tune/type.ts';
import { viewerIn } from '../viewer/loader.ts';
import { PayerType } from '../viewer/type.ts';
import { existingWorkspace, scopeInside, WorkspaceType } from './type.ts';

builder.objectFields(WorkspaceType, (t) => ({
  tunes: t.field({
    type: TuneConnectionType,
    description: 'The tunes in it, newest first.',
    args: {
      ...pageArgs,
      filter: t.arg({ type: TuneFilterInput, description: 'Only the rows that match.' }),
    },
    resolve: (workspace, { filter, ...args }, context) => {
      const pages = tunePages(scopeInside(context, workspace));
      const wanted = toTuneFilter(filter);
      return keysetConnection(args, (page) => pages.load({ ...wanted, ...page }));
    },
  }),
  prompts: t.field({
    type: PromptConnectionType,
    description: 'The prompts in it, newest first.',
    args: {
      ...pageArgs,
      filter: t.arg({ type: PromptFilterInput, description: 'Only the rows that match.' }),
    },
    resolve: (workspace, { filter, ...args }, context) => {
      const pages = promptPages(scopeInside(context, workspace));
      const wanted = toPromptFilter(filter);
      return keysetConnection(args, (page) => pages.load({ ...wanted, ...page }));
    },
  }),
  packs: t.field({
    type: PackConnectionType,
    description: 'The packs in it, newest first.',
    args: {
      ...pageArgs,
      filter: t.arg({ type: PackFilterInput, description: 'Only the rows that match.' }),
    },
    resolve: (workspace, { filter, ...args }, context) => {
      const pages = packPages(scopeInside(context, workspace));
      return offsetConnection(args, (page) => pages.load({ ...filter, ...page }));
    },
  }),
  payer: t.field({
    type: PayerType,
    description: 'Who pays for what is made in it.',
    resolve: async (workspace, _, context) =>
      (await viewerIn(scopeInside(context, workspace))()).payer,
  }),
}));

builder.objectField(PromptType, 'workspace', (t) =>
  t.field({
    type: WorkspaceType,
    description: 'The workspace it is in; null in the personal scope.',
    resolve: (prompt, _, context) => existingWorkspace(prompt.workspace_id, scopeIn(context)),
  }),
);
