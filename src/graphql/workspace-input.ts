import type { InputBuilder } from './builder.ts';
import { astriaId } from './ids.ts';

/** Where something is to be made, for every input that can say so. */
export const workspaceField = (t: InputBuilder) =>
  t.id({
    description:
      "The workspace to make it in: its `id` or its `astriaId`. Left out: the request's own.",
  });

/** As `scopeIn` takes it: undefined for the request's own. */
export const workspaceOf = (
  workspaceId: string | null | undefined,
  root = 'input',
): string | undefined =>
  workspaceId ? String(astriaId('Workspace', workspaceId, `${root}.workspaceId`)) : undefined;
