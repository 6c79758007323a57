import type { Context } from '../context.ts';
import { type Scope, scopeIn } from '../scope.ts';
import type { InputBuilder } from './builder.ts';
import { maybeId } from './ids.ts';
import { refuse } from './rules.ts';

/** The field for the workspace of something new. */
export const workspaceField = (t: InputBuilder) =>
  t.id({
    description:
      "The workspace to make it in: its `id` or its `astriaId`. Left out: the request's own.",
  });

/** The field for the workspace of something that exists. */
export const homeField = (t: InputBuilder) =>
  t.id({
    description: "The workspace it is in: its `id` or its `astriaId`. Left out: the request's own.",
  });

/** Returns the scope of the input's `workspaceId`, or the request's own. */
export function scopeToChangeIn(
  context: Context,
  workspaceId: string | null | undefined,
  root = 'input',
): Scope {
  const id = maybeId('Workspace', workspaceId, `${root}.workspaceId`);
  return scopeIn(context, id == null ? undefined : String(id));
}

/** Does the same for something new. `all` is only for reading: it is not known where a new row would land. */
export function scopeToMakeIn(
  context: Context,
  workspaceId: string | null | undefined,
  root = 'input',
): Scope {
  const scope = scopeToChangeIn(context, workspaceId, root);
  if (scope.place === 'all') {
    const message = "can't be blank while the request is for all workspaces: say where to make it";
    refuse([{ path: [...root.split('.'), 'workspaceId'], message }]);
  }
  return scope;
}
