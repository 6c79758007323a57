import { type Context, type Scope, scopeIn } from '../context.ts';
import type { InputBuilder } from './builder.ts';
import { astriaId } from './ids.ts';
import { refuse } from './rules.ts';

/** Where something is to be made, for every input that can say so. */
export const workspaceField = (t: InputBuilder) =>
  t.id({
    description:
      "The workspace to make it in: its `id` or its `astriaId`. Left out: the request's own.",
  });

/** Where something is that is there already. */
export const homeField = (t: InputBuilder) =>
  t.id({
    description: "The workspace it is in: its `id` or its `astriaId`. Left out: the request's own.",
  });

/** As `scopeIn` takes it: undefined for the request's own. */
export const workspaceOf = (
  workspaceId: string | null | undefined,
  root = 'input',
): string | undefined =>
  workspaceId == null
    ? undefined
    : String(astriaId('Workspace', workspaceId, `${root}.workspaceId`));

/** `all` is a place to look in, and none to make things in: where they would land is not known. */
export function scopeToMakeIn(
  context: Context,
  workspaceId: string | null | undefined,
  root = 'input',
): Scope {
  const scope = scopeIn(context, workspaceOf(workspaceId, root));
  if (scope.place === 'all') {
    const message = "can't be blank while the request is for all workspaces: say where to make it";
    refuse([{ path: [...root.split('.'), 'workspaceId'], message }]);
  }
  return scope;
}
